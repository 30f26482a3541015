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
 * One question to IAM: the answer's result element, or undefined when what it names does not exist. Any other failure
 * is thrown: taken for "does not exist", it would let a caller pass whose policies could not be read.
 */
export type AskIam = (
  action: string,
  parameters: Readonly<Record<string, string>>,
) => Promise<XmlElement | undefined>;

/** IAM is one for all regions, and signs for this one. */
const SIGNING_REGION = "us-east-1";

/** Questions to one account's IAM. */
export function askIam(moto: Pick<Moto, "query">, account: string): AskIam {
  return async (action, parameters) => {
    const reply = await moto.query("iam", account, SIGNING_REGION, { Action: action, ...parameters });
    if (reply.status === 404) return undefined;
    if (reply.status >= 300) throw new Error(`IAM answered ${action} with HTTP ${reply.status}`);
    return child(parseXml(reply.body.toString()), `${action}Result`);
  };
}

/** Roles, users and groups each have the same operations under their own name. */
export type Holder = "Role" | "User" | "Group";

/** The inline and managed policies of a role, user or group. */
export async function policiesOf(ask: AskIam, holder: Holder, name: string): Promise<PolicyDocument[]> {
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
export async function managedPolicy(ask: AskIam, PolicyArn: string): Promise<PolicyDocument> {
  const policy = await ask("GetPolicy", { PolicyArn });
  const VersionId = policy && textAt(policy, "Policy", "DefaultVersionId");
  const version = VersionId && (await ask("GetPolicyVersion", { PolicyArn, VersionId }));
  if (!version) throw new Error(`there is no managed policy ${PolicyArn}`);
  return { name: PolicyArn, text: documentAt(version, "PolicyVersion", "Document") };
}

async function inlinePolicy(
  ask: AskIam,
  action: string,
  who: Readonly<Record<string, string>>,
  PolicyName: string,
): Promise<PolicyDocument> {
  const found = await ask(action, { ...who, PolicyName });
  if (!found) throw new Error(`the inline policy ${PolicyName} went away while it was read`);
  return { name: PolicyName, text: documentAt(found, "PolicyDocument") };
}

/** The entries of a list of an answer. */
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

/** IAM writes policies percent-encoded; moto sometimes plain. JSON begins with a brace or blank, and only then is plain. */
export function documentAt(result: XmlElement, ...path: readonly string[]): string {
  const text = textAt(result, ...path) ?? "";
  return /^\s*\{/.test(text) ? text : decodeURIComponent(text.replaceAll("+", "%20"));
}
