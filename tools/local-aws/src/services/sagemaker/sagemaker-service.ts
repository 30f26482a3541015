import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import type { PresignedUrlSink } from "../../server/data-plane";
import { targetJsonReply } from "../../server/protocol";
import { DomainOperations, findDomain } from "./domain-operations";
import { APP, SPACE, USER_PROFILE } from "./member-kinds";
import { MemberOperations } from "./member-operations";
import { createPresignedDomainUrl } from "./presigned-url";
import type { StudioInput, StudioOperation } from "./studio-input";
import type { StudioStore } from "./studio-store";
import { tagReply } from "./tag-operations";

/**
 * SageMaker: Studio is implemented here (moto's domains have no users, spaces or apps); other calls go to moto.
 *
 * Wire format: JSON 1.1, `X-Amz-Target: SageMaker.<operation>`.
 */
export class SageMakerService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query" | "rest">;
  readonly #store: StudioStore;
  readonly #operations: ReadonlyMap<string, StudioOperation>;

  constructor(
    moto: Pick<Moto, "forward" | "query" | "rest">,
    store: StudioStore,
    presignedUrls: PresignedUrlSink,
  ) {
    this.#moto = moto;
    this.#store = store;
    const profiles = new MemberOperations(store, USER_PROFILE);
    const presign: StudioOperation = (call, input) => {
      const domain = findDomain(store, call, input);
      return createPresignedDomainUrl(call, input, {
        domain,
        profile: profiles.find(call, input),
        sink: presignedUrls,
      });
    };
    this.#operations = new Map([
      ...new DomainOperations(store, moto).operations,
      ...profiles.operations,
      ...new MemberOperations(store, SPACE).operations,
      ...new MemberOperations(store, APP).operations,
      ["CreatePresignedDomainUrl", presign],
    ]);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const input = inputOf(call);
    const tags = tagReply(this.#store, call, input);
    if (tags) return tags;
    const operation = this.#operations.get(call.operation);
    return operation ? targetJsonReply(await operation(call, input)) : await this.#moto.forward(call);
  }
}

function inputOf(call: AwsCall): StudioInput {
  try {
    return JSON.parse(call.body.toString() || "{}") as StudioInput;
  } catch {
    throw new AwsError("SerializationException", "the body is not JSON");
  }
}
