import type { Moto } from "../server/call";
import { child, childrenOf, descendant, parseXml, textAt, type XmlElement } from "../server/xml";

/** A policy as it is stored. */
export interface PolicyDocument {
  /** Name of an inline policy, ARN of a managed one. */
  readonly name: string;
  /** JSON. */
  readonly text: string;
}

/**
 * Calls an operation of IAM. Returns the reply's result element, or undefined when the resource does not exist. Throws on
 * any other failure: treated as "does not exist", a policy that cannot be read would not be enforced.
 */
export type IamQuery = (
  action: string,
  parameters: Readonly<Record<string, string>>,
) => Promise<XmlElement | undefined>;

/** IAM is a global service; its calls are signed for this region. */
const SIGNING_REGION = "us-east-1";

/** Calls to the IAM of one account. */
export function iamQuery(moto: Pick<Moto, "query">, account: string): IamQuery {
  return async (action, parameters) => {
    const reply = await moto.query("iam", account, SIGNING_REGION, { Action: action, ...parameters });
    if (reply.status === 404) return undefined;
    if (reply.status >= 300) throw new Error(`IAM answered ${action} with HTTP ${reply.status}`);
    return child(parseXml(reply.body.toString()), `${action}Result`);
  };
}

/** Types of IAM identity, which are a part of the names of IAM's operations. */
export type IdentityType = "Role" | "User" | "Group";

/** The inline and managed policies of a role, user or group. */
export async function policiesOf(
  ask: IamQuery,
  holder: IdentityType,
  name: string,
): Promise<PolicyDocument[]> {
  const who = { [`${holder}Name`]: name };
  const [inline, attached] = await Promise.all([
    ask(`List${holder}Policies`, who),
    ask(`ListAttached${holder}Policies`, who),
  ]);
  return await Promise.all([
    ...members(inline, "PolicyNames").map((member) =>
      inlinePolicy(ask, `Get${holder}Policy`, who, textAt(member) ?? ""),
    ),
    ...members(attached, "AttachedPolicies").map((member) =>
      managedPolicy(ask, textAt(member, "PolicyArn") ?? ""),
    ),
  ]);
}

/** A managed policy in its default version. */
export async function managedPolicy(ask: IamQuery, PolicyArn: string): Promise<PolicyDocument> {
  const policy = await ask("GetPolicy", { PolicyArn });
  const VersionId = policy && textAt(policy, "Policy", "DefaultVersionId");
  const version = VersionId && (await ask("GetPolicyVersion", { PolicyArn, VersionId }));
  if (!version) throw new Error(`there is no managed policy ${PolicyArn}`);
  return { name: PolicyArn, text: documentAt(version, "PolicyVersion", "Document") };
}

async function inlinePolicy(
  ask: IamQuery,
  action: string,
  who: Readonly<Record<string, string>>,
  PolicyName: string,
): Promise<PolicyDocument> {
  const found = await ask(action, { ...who, PolicyName });
  if (!found) throw new Error(`the inline policy ${PolicyName} was deleted while it was read`);
  return { name: PolicyName, text: documentAt(found, "PolicyDocument") };
}

/** The members of a list in a reply. */
export function members(result: XmlElement | undefined, list: string): XmlElement[] {
  const found = result && descendant(result, list);
  return found ? childrenOf(found, "member") : [];
}

/** The tags of a role or user. */
export function tagsOf(entity: XmlElement): ReadonlyMap<string, string> {
  return new Map(
    members(entity, "Tags").map((tag) => [textAt(tag, "Key") ?? "", textAt(tag, "Value") ?? ""]),
  );
}

/** IAM returns policies percent-encoded, moto some of them as plain JSON, which begins with a brace or white space. */
export function documentAt(result: XmlElement, ...path: readonly string[]): string {
  const text = textAt(result, ...path) ?? "";
  return /^\s*\{/.test(text) ? text : decodeURIComponent(text.replaceAll("+", "%20"));
}
