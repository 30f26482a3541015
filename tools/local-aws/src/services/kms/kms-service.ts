import { missingPrincipal } from "../../iam/existing-principals";
import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";

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
    const missing = await missingPrincipal(this.#moto, statementsOf(Policy));
    if (missing !== undefined)
      throw malformed("Policy contains a statement with one or more invalid principals.");
  }
}

/** @throws {AwsError} for a text that is no JSON object, in words of our reading */
function statementsOf(policy: string): readonly unknown[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformed("Policy is not valid JSON.");
  }
  if (typeof document !== "object" || document === null) throw malformed("Policy is not valid JSON.");
  const { Statement } = document as { readonly Statement?: unknown };
  return Array.isArray(Statement) ? Statement : [Statement];
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}
