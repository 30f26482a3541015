import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto } from "../../server/call";
import { ownsVpc } from "../vpc-lookup";
import {
  notFound,
  pageOf,
  requiredText,
  tagsIn,
  type ResolverInput,
  type ResolverOperation,
} from "./resolver-input";
import type { QueryLogAssociation, QueryLogConfig, ResolverStore, Stored } from "./resolver-store";

/**
 * Query logs of the resolver. moto makes them, and cannot delete them; no query is logged, since nobody asks for names.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverQueryLogConfig.html
 */
export class QueryLogOperations {
  readonly operations: ReadonlyMap<string, ResolverOperation>;
  readonly #store: ResolverStore;
  readonly #moto: Pick<Moto, "query">;

  constructor(store: ResolverStore, moto: Pick<Moto, "query">) {
    this.#store = store;
    this.#moto = moto;
    this.operations = new Map<string, ResolverOperation>([
      ["CreateResolverQueryLogConfig", (call, input) => this.#create(call, input)],
      ["GetResolverQueryLogConfig", (call, input) => this.#described(this.#find(call, input))],
      ["ListResolverQueryLogConfigs", (call, input) => this.#list(call, input)],
      ["DeleteResolverQueryLogConfig", (call, input) => this.#delete(call, input)],
      ["AssociateResolverQueryLogConfig", (call, input) => this.#associate(call, input)],
      ["GetResolverQueryLogConfigAssociation", (call, input) => this.#association(call, input)],
      ["ListResolverQueryLogConfigAssociations", (call, input) => this.#associations(call, input)],
      ["DisassociateResolverQueryLogConfig", (call, input) => this.#disassociate(call, input)],
    ]);
  }

  #create(call: AwsCall, input: ResolverInput): object {
    const { queryLogs } = this.#store;
    const config: QueryLogConfig = {
      ...queryLogs.name(call),
      Name: requiredText(input, "Name"),
      DestinationArn: requiredText(input, "DestinationArn"),
      CreatorRequestId: requiredText(input, "CreatorRequestId"),
    };
    return this.#described(queryLogs.put(call, config, tagsIn(input)));
  }

  #list(call: AwsCall, input: ResolverInput): object {
    const configs = this.#store.queryLogs.all(call).map((stored) => this.#fieldsOf(stored));
    return pageOf("ResolverQueryLogConfigs", configs, input);
  }

  #delete(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const count = this.#associationsOf(stored).length;
    if (count > 0)
      throw new AwsError(
        "InvalidRequestException",
        `The query logging configuration '${stored.resource.Id}' is associated with ${count} VPCs.`,
      );
    this.#store.queryLogs.delete(stored);
    return this.#described(stored, "DELETING");
  }

  async #associate(call: AwsCall, input: ResolverInput): Promise<object> {
    const stored = this.#find(call, input);
    const ResourceId = requiredText(input, "ResourceId");
    if (!(await ownsVpc(this.#moto, call, ResourceId))) throw notFound(ResourceId);
    if (this.#associationsOf(stored).some(({ resource }) => resource.ResourceId === ResourceId))
      throw new AwsError(
        "ResourceExistsException",
        `The query logging configuration is associated with '${ResourceId}' already.`,
      );
    const { queryLogAssociations } = this.#store;
    const { Id } = queryLogAssociations.name(call);
    const association = { Id, ResolverQueryLogConfigId: stored.resource.Id, ResourceId };
    return associationReply(queryLogAssociations.put(call, association));
  }

  #association(call: AwsCall, input: ResolverInput): object {
    const id = requiredText(input, "ResolverQueryLogConfigAssociationId");
    return associationReply(this.#store.queryLogAssociations.get(call, id));
  }

  #associations(call: AwsCall, input: ResolverInput): object {
    const found = this.#store.queryLogAssociations.all(call).map((stored) => associationFields(stored));
    return pageOf("ResolverQueryLogConfigAssociations", found, input);
  }

  #disassociate(call: AwsCall, input: ResolverInput): object {
    const resourceId = requiredText(input, "ResourceId");
    const association = this.#associationsOf(this.#find(call, input)).find(
      ({ resource }) => resource.ResourceId === resourceId,
    );
    if (association === undefined) throw notFound(resourceId);
    this.#store.queryLogAssociations.delete(association);
    return associationReply(association, "DELETING");
  }

  #find(call: AwsCall, input: ResolverInput): Stored<QueryLogConfig> {
    return this.#store.queryLogs.get(call, requiredText(input, "ResolverQueryLogConfigId"));
  }

  #associationsOf(config: Stored<QueryLogConfig>): Stored<QueryLogAssociation>[] {
    return this.#store.queryLogAssociations
      .all(config)
      .filter(({ resource }) => resource.ResolverQueryLogConfigId === config.resource.Id);
  }

  #described(stored: Stored<QueryLogConfig>, status?: string): object {
    return { ResolverQueryLogConfig: this.#fieldsOf(stored, status) };
  }

  #fieldsOf(stored: Stored<QueryLogConfig>, Status = "CREATED"): object {
    return {
      ...stored.resource,
      OwnerId: stored.account,
      Status,
      ShareStatus: "NOT_SHARED",
      AssociationCount: this.#associationsOf(stored).length,
      CreationTime: stored.createdAt,
    };
  }
}

function associationReply(stored: Stored<QueryLogAssociation>, status?: string): object {
  return { ResolverQueryLogConfigAssociation: associationFields(stored, status) };
}

function associationFields({ resource, createdAt }: Stored<QueryLogAssociation>, Status = "ACTIVE"): object {
  return { ...resource, Status, Error: "NONE", ErrorMessage: "", CreationTime: createdAt };
}
