import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { targetJsonReply } from "../../server/protocol";
import { AssociationOperations } from "./association-operations";
import { DomainListOperations } from "./domain-list-operations";
import { QueryLogOperations } from "./query-log-operations";
import { requiredText, tagsIn, textsOf, type ResolverInput, type ResolverOperation } from "./resolver-input";
import type { ResolverStore } from "./resolver-store";
import { RuleGroupOperations } from "./rule-group-operations";

const TAG_OPERATIONS = new Set(["ListTagsForResource", "TagResource", "UntagResource"]);

/**
 * Route 53 Resolver: the DNS firewall and query logs are implemented here (moto has no firewall, and cannot delete query
 * logs); endpoints and forward rules go to moto.
 *
 * Wire format: JSON 1.1, `X-Amz-Target: Route53Resolver.<operation>`.
 */
export class ResolverService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  readonly #store: ResolverStore;
  readonly #operations: ReadonlyMap<string, ResolverOperation>;

  constructor(moto: Pick<Moto, "forward" | "query">, store: ResolverStore) {
    this.#moto = moto;
    this.#store = store;
    this.#operations = new Map([
      ...new DomainListOperations(store).operations,
      ...new RuleGroupOperations(store).operations,
      ...new AssociationOperations(store, moto).operations,
      ...new QueryLogOperations(store, moto).operations,
    ]);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const input = inputOf(call);
    const tags = TAG_OPERATIONS.has(call.operation) ? this.#tagReply(call, input) : undefined;
    if (tags) return tags;
    const operation = this.#operations.get(call.operation);
    return operation ? targetJsonReply(await operation(call, input)) : await this.#moto.forward(call);
  }

  /** @returns undefined for a resource that moto holds */
  #tagReply(call: AwsCall, input: ResolverInput): Reply | undefined {
    const tags = this.#store.tagsOf(call, requiredText(input, "ResourceArn"));
    if (tags === undefined) return undefined;
    if (call.operation === "ListTagsForResource")
      return targetJsonReply({ Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) });
    for (const [key, value] of tagsIn(input)) tags.set(key, value);
    for (const key of textsOf(input["TagKeys"])) tags.delete(key);
    return targetJsonReply({});
  }
}

function inputOf(call: AwsCall): ResolverInput {
  try {
    return JSON.parse(call.body.toString() || "{}") as ResolverInput;
  } catch {
    throw new AwsError("SerializationException", "the body is not JSON");
  }
}
