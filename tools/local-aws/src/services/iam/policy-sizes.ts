import { documentAt, members, type IamQuery, type IdentityType } from "../../iam/iam-query";
import { AwsError } from "../../server/aws-error";
import { textAt } from "../../server/xml";

/**
 * Characters of all inline policies of an identity.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, "IAM and STS character limits"
 */
const INLINE: Readonly<Record<IdentityType, number>> = { Role: 10_240, User: 2048, Group: 5120 };
const MANAGED = 6144;
/** The default of a quota that can be raised to 8,192. */
const TRUST = 2048;

/** @throws {AwsError} `LimitExceeded` */
export function requireManagedSize(text: string): void {
  if (sizeOf(text) > MANAGED) throw exceeded(`Cannot exceed quota for PolicySize: ${MANAGED}`);
}

/** @throws {AwsError} `LimitExceeded` */
export function requireTrustSize(text: string): void {
  if (sizeOf(text) > TRUST) throw exceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST}`);
}

/** An inline policy, before it is put. */
export interface InlinePolicy {
  readonly holder: IdentityType;
  /** Of the role, user or group. */
  readonly holderName: string;
  readonly policyName: string;
  readonly text: string;
}

/**
 * Requires that the policy has room beside the other inline policies of its holder.
 *
 * @throws {AwsError} `LimitExceeded`
 */
export async function requireInlineSize(
  ask: IamQuery,
  { holder, holderName, policyName, text }: InlinePolicy,
): Promise<void> {
  const who = { [`${holder}Name`]: holderName };
  const names = members(await ask(`List${holder}Policies`, who), "PolicyNames").map(
    (name) => textAt(name) ?? "",
  );
  const others = await Promise.all(
    names
      .filter((name) => name !== policyName)
      .map(async (PolicyName) => {
        const found = await ask(`Get${holder}Policy`, { ...who, PolicyName });
        return found ? sizeOf(documentAt(found, "PolicyDocument")) : 0;
      }),
  );
  const total = others.reduce((sum, size) => sum + size, sizeOf(text));
  if (total <= INLINE[holder]) return;
  throw exceeded(
    `Maximum policy size of ${INLINE[holder]} bytes exceeded for ${holder.toLowerCase()} ${holderName}`,
  );
}

/** IAM does not count white space. */
function sizeOf(text: string): number {
  return text.replaceAll(/\s/g, "").length;
}

function exceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}
