import { missingPrincipal } from "../../iam/existing-principals";
import { iamQuery, type IdentityType } from "../../iam/iam-query";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { formOf, parameter } from "../../server/form";
import { malformed, requireIdentityGrammar, requireTrustGrammar } from "./policy-grammar";
import { requireInlineSize, requireManagedSize, requireTrustSize } from "./policy-sizes";

const INLINE_OPERATION = /^Put(Role|User|Group)Policy$/;

/** IAM: moto, with the limits and the grammar of policies that it does not hold, and principals that have to exist. */
export class IamService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query">;

  constructor(moto: Pick<Moto, "forward" | "query">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const form = formOf(call);
    const document = parameter(form, "PolicyDocument");
    const holder = INLINE_OPERATION.exec(call.operation)?.[1] as IdentityType | undefined;
    if (holder) await this.#checkInline(call, form, holder);
    switch (call.operation) {
      case "CreatePolicy":
      case "CreatePolicyVersion":
        requireIdentityGrammar(document);
        requireManagedSize(document);
        break;
      case "CreateRole":
        await this.#checkTrust(parameter(form, "AssumeRolePolicyDocument"));
        break;
      case "UpdateAssumeRolePolicy":
        await this.#checkTrust(document);
        break;
    }
    return await this.#moto.forward(call);
  }

  async #checkInline({ account }: AwsCall, form: URLSearchParams, holder: IdentityType): Promise<void> {
    const text = parameter(form, "PolicyDocument");
    requireIdentityGrammar(text);
    await requireInlineSize(iamQuery(this.#moto, account), {
      holder,
      holderName: parameter(form, `${holder}Name`),
      policyName: parameter(form, "PolicyName"),
      text,
    });
  }

  async #checkTrust(text: string): Promise<void> {
    const statements = requireTrustGrammar(text);
    requireTrustSize(text);
    const missing = await missingPrincipal(this.#moto, statements);
    if (missing !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${missing}"`);
  }
}
