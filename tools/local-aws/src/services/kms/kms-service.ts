import { missingPrincipal } from "../../iam/existing-principals";
import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { statementsOf } from "../policy-text";

/** Operations whose requests hold a key policy. */
const WITH_POLICY = new Set(["CreateKey", "PutKeyPolicy"]);

/** KMS: moto, with key policies that have to be JSON and whose principals have to exist. */
export class KmsService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query">;

  constructor(moto: Pick<Moto, "forward" | "query">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (WITH_POLICY.has(call.operation)) await this.#checkPolicy(call);
    return await this.#moto.forward(call);
  }

  async #checkPolicy(call: AwsCall): Promise<void> {
    const { Policy } = JSON.parse(call.body.toString()) as { readonly Policy?: string };
    if (Policy === undefined) return;
    const statements = statementsOf(Policy);
    // In words of our reading.
    if (statements === undefined) throw malformed("Policy is not valid JSON.");
    const missing = await missingPrincipal(this.#moto, statements);
    if (missing !== undefined)
      throw malformed("Policy contains a statement with one or more invalid principals.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}
