import { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";
import { isWanted, type RamInput, type RamOperation } from "./ram-input";
import { liveAssociations, shareableResource, type Association, type ResourceShare } from "./resource-share";
import type { ShareRegistry } from "./share-registry";
import { associationView, permissionViews, resourceView, shareView } from "./views";

/** Settings for every share. */
export interface SharingTerms {
  /** Whether all accounts are in one organization. */
  readonly inOrganization: boolean;
}

/** The properties of a share that decide which principals and resources can be added. */
type ShareTerms = Pick<ResourceShare, "owner" | "allowExternalPrincipals">;

interface NewMembers {
  readonly resourceArns: readonly string[];
  readonly principals: readonly { readonly account: string; readonly external: boolean }[];
}

/** Operations of a share's owner, and the views of its receivers. */
export class ShareOperations {
  readonly operations: ReadonlyMap<string, RamOperation> = new Map<string, RamOperation>([
    ["createresourceshare", (call, input) => this.#create(call, input)],
    ["updateresourceshare", (call, input) => this.#update(call, input)],
    ["deleteresourceshare", (call, input) => this.#delete(call, input)],
    ["getresourceshares", (call, input) => this.#list(call, input)],
    ["associateresourceshare", (call, input) => this.#associate(call, input)],
    ["disassociateresourceshare", (call, input) => this.#disassociate(call, input)],
    ["getresourceshareassociations", (call, input) => this.#associations(call, input)],
    ["listresourcesharepermissions", (call, input) => this.#permissions(call, input)],
    ["listresources", (call, input) => this.#resources(call, input)],
    ["tagresource", (call, input) => this.#tag(call, input)],
    ["untagresource", (call, input) => this.#untag(call, input)],
    // Sharing inside an organization is always enabled here, so the operation has no effect.
    ["enablesharingwithawsorganization", () => ({ returnValue: true })],
  ]);
  readonly #registry: ShareRegistry;
  readonly #terms: SharingTerms;

  constructor(registry: ShareRegistry, terms: SharingTerms) {
    this.#registry = registry;
    this.#terms = terms;
  }

  #create(call: AwsCall, input: RamInput): object {
    if (!input.name) throw new AwsError("InvalidParameterException", "A resource share needs a name.");
    const properties = {
      name: input.name,
      owner: call.account,
      region: call.region,
      allowExternalPrincipals: input.allowExternalPrincipals ?? true,
      tags: new Map(input.tags?.map(({ key, value = "" }) => [key, value])),
    };
    const members = this.#checked(properties, input);
    const share = this.#registry.create(properties);
    this.#add(share, members);
    return { resourceShare: shareView(share), clientToken: input.clientToken };
  }

  #update(call: AwsCall, input: RamInput): object {
    const share = this.#own(call, input);
    share.name = input.name ?? share.name;
    share.allowExternalPrincipals = input.allowExternalPrincipals ?? share.allowExternalPrincipals;
    share.updatedAt = new Date();
    return { resourceShare: shareView(share), clientToken: input.clientToken };
  }

  #delete(call: AwsCall, input: RamInput): object {
    this.#registry.delete(this.#own(call, input));
    return { returnValue: true, clientToken: input.clientToken };
  }

  #list(call: AwsCall, input: RamInput): object {
    const isVisible = (share: ResourceShare): boolean =>
      // A receiver does not own the share, so SELF does not list it: the provider waits for this after it leaves a share.
      input.resourceOwner === "SELF"
        ? share.owner === call.account
        : this.#registry.hasAccepted(share, call.account);
    const found = this.#registry.shares.filter(
      (share) =>
        isVisible(share) &&
        isWanted(share.arn, input.resourceShareArns) &&
        (input.name === undefined || share.name === input.name) &&
        (input.resourceShareStatus === undefined || share.status === input.resourceShareStatus),
    );
    return { resourceShares: found.map(shareView) };
  }

  #associate(call: AwsCall, input: RamInput): object {
    const share = this.#own(call, input);
    const added = this.#add(share, this.#checked(share, input));
    return {
      resourceShareAssociations: added.map((association) => associationView(share, association)),
      clientToken: input.clientToken,
    };
  }

  #disassociate(call: AwsCall, input: RamInput): object {
    const { resourceShareArn: arn = "", principals = [], resourceArns = [], clientToken } = input;
    const share = this.#registry.share(arn);
    if (!share) throw unknownShare(arn);
    const entities = [...principals, ...resourceArns];
    const isOwner = share.owner === call.account;
    if (!isOwner && !(entities.length === 1 && entities[0] === call.account)) {
      const message = "Only the owner of a resource share can remove others from it.";
      throw new AwsError("OperationNotPermittedException", message);
    }
    const removed = this.#registry.disassociate(share, entities);
    return {
      resourceShareAssociations: removed.map((association) => associationView(share, association)),
      clientToken,
    };
  }

  #associations(call: AwsCall, input: RamInput): object {
    const wanted = input.principal ?? input.resourceArn;
    const found = this.#registry.shares
      .filter((share) => share.owner === call.account && isWanted(share.arn, input.resourceShareArns))
      .flatMap((share) =>
        share.associations
          .filter(
            ({ type, entity, status }) =>
              type === input.associationType &&
              (wanted === undefined || entity === wanted) &&
              (input.associationStatus === undefined || status === input.associationStatus),
          )
          .map((association) => associationView(share, association)),
      );
    return { resourceShareAssociations: found };
  }

  #permissions(call: AwsCall, input: RamInput): object {
    const share = this.#own(call, input);
    return { permissions: permissionViews(share, liveAssociations(share, "RESOURCE")) };
  }

  #resources(call: AwsCall, input: RamInput): object {
    const isVisible = (share: ResourceShare): boolean =>
      input.resourceOwner === "SELF"
        ? share.owner === call.account
        : this.#registry.hasAccepted(share, call.account);
    const found = this.#registry.shares
      .filter(
        (share) =>
          share.status === "ACTIVE" && isVisible(share) && isWanted(share.arn, input.resourceShareArns),
      )
      .flatMap((share) =>
        liveAssociations(share, "RESOURCE")
          .filter(({ entity }) => isWanted(entity, input.resourceArns))
          .filter(
            ({ entity }) => !input.resourceType || shareableResource(entity)?.type === input.resourceType,
          )
          .map((association) => resourceView(share, association)),
      );
    return { resources: found };
  }

  #tag(call: AwsCall, input: RamInput): object {
    const share = this.#own(call, input);
    for (const { key, value = "" } of input.tags ?? []) share.tags.set(key, value);
    return {};
  }

  #untag(call: AwsCall, input: RamInput): object {
    const share = this.#own(call, input);
    for (const key of input.tagKeys ?? []) share.tags.delete(key);
    return {};
  }

  /** The resources and principals that a request adds to a share, after checking that they can be added. */
  #checked(share: ShareTerms, { resourceArns = [], principals = [] }: RamInput): NewMembers {
    for (const arn of resourceArns) requireOwnResource(share, arn);
    const checked = principals.map((account) => ({ account, external: this.#isExternal(share, account) }));
    return { resourceArns, principals: checked };
  }

  #add(share: ResourceShare, { resourceArns, principals }: NewMembers): Association[] {
    const resources = resourceArns.map((entity) =>
      this.#registry.associate(share, { type: "RESOURCE", entity, status: "ASSOCIATED", external: false }),
    );
    return [
      ...resources,
      ...principals.map(({ account, external }) => this.#addPrincipal(share, account, external)),
    ];
  }

  /** A principal inside the organization gets the share at once; others are invited. */
  #addPrincipal(share: ResourceShare, entity: string, external: boolean): Association {
    const status = external ? "ASSOCIATING" : "ASSOCIATED";
    const known = liveAssociations(share, "PRINCIPAL").some((association) => association.entity === entity);
    const association = this.#registry.associate(share, { type: "PRINCIPAL", entity, status, external });
    if (external && !known) this.#registry.invite(share, entity);
    return association;
  }

  /**
   * Whether the principal has to be invited. A share without external principals implies an organization, because AWS
   * would refuse it otherwise.
   */
  #isExternal(share: ShareTerms, principal: string): boolean {
    if (!/^\d{12}$/.test(principal)) {
      const message = `The local AWS shares with accounts, given by their 12 digits; it got ${principal}.`;
      throw new AwsError("InvalidParameterException", message);
    }
    return principal !== share.owner && !this.#terms.inOrganization && share.allowExternalPrincipals;
  }

  #own(call: AwsCall, { resourceShareArn: arn = "" }: RamInput): ResourceShare {
    const share = this.#registry.share(arn);
    if (share?.owner !== call.account || share.status !== "ACTIVE") throw unknownShare(arn);
    return share;
  }
}

function requireOwnResource(share: ShareTerms, arn: string): void {
  const resource = shareableResource(arn);
  if (!resource)
    throw new AwsError(
      "MalformedArnException",
      `The local AWS cannot share resources of the type of ${arn}.`,
    );
  if (resource.account !== share.owner) {
    throw new AwsError("OperationNotPermittedException", `${arn} does not belong to account ${share.owner}.`);
  }
}

function unknownShare(arn: string): AwsError {
  return new AwsError("UnknownResourceException", `ResourceShare ${arn} could not be found.`);
}
