import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { restJsonReply } from "../../server/protocol";
import { InvitationOperations } from "./invitation-operations";
import type { RamInput, RamOperation } from "./ram-input";
import { ShareOperations, type SharingTerms } from "./share-operations";
import type { ShareRegistry } from "./share-registry";

/**
 * AWS Resource Access Manager, without moto: its state spans accounts, and moto's does not.
 *
 * Wire format: REST-JSON, `POST /<operation in lower case>`, and `DELETE /deleteresourceshare?resourceShareArn=`.
 * Source: https://docs.aws.amazon.com/ram/latest/APIReference/API_Operations.html
 */
export class RamService implements ServiceHandler {
  readonly #operations: ReadonlyMap<string, RamOperation>;

  constructor(registry: ShareRegistry, terms: SharingTerms) {
    const shares = new ShareOperations(registry, terms);
    const invitations = new InvitationOperations(registry);
    this.#operations = new Map([...shares.operations, ...invitations.operations]);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const name = call.url.pathname.slice(1).replace(/\/$/, "").toLowerCase();
    const operation = this.#operations.get(name);
    if (!operation) throw notImplemented("ram", name, "Studio Access does not use it");
    return restJsonReply(await operation(call, inputOf(call)));
  }
}

function inputOf(call: AwsCall): RamInput {
  const query = Object.fromEntries(call.url.searchParams);
  if (call.body.length === 0) return query;
  try {
    return { ...query, ...(JSON.parse(call.body.toString()) as RamInput) };
  } catch {
    throw new AwsError("InvalidParameterException", "the body is not JSON");
  }
}
