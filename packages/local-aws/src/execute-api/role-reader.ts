import type { Moto } from "../server/call";
import { child, childrenOf, descendant, parseXml, textAt, type XmlElement } from "../server/xml";

/** A role and what it may do, as JSON texts. */
export interface RoleDocuments {
  readonly trust: string;
  /** Inline and managed policies. */
  readonly policies: readonly { readonly name: string; readonly text: string }[];
}

/** IAM is one for all regions, and signs for this one. */
const SIGNING_REGION = "us-east-1";

/**
 * Reads a role from moto.
 *
 * @returns undefined when there is no such role
 */
export async function readRole(
  moto: Pick<Moto, "query">,
  roleArn: string,
): Promise<RoleDocuments | undefined> {
  const account = roleArn.split(":")[4] ?? "";
  const RoleName = roleArn.split("/").at(-1) ?? "";
  const ask = asker(moto, account);
  const role = await ask("GetRole", { RoleName });
  if (!role) return undefined;
  const [inline, attached] = await Promise.all([
    ask("ListRolePolicies", { RoleName }),
    ask("ListAttachedRolePolicies", { RoleName }),
  ]);
  const names = members(inline, "PolicyNames").map((member) => textAt(member) ?? "");
  const arns = members(attached, "AttachedPolicies").map((member) => textAt(member, "PolicyArn") ?? "");
  const policies = await Promise.all([
    ...names.map((name) => inlinePolicy(ask, RoleName, name)),
    ...arns.map((arn) => managedPolicy(ask, arn)),
  ]);
  return { trust: decoded(role, "Role", "AssumeRolePolicyDocument"), policies };
}

/** The answer's result element; undefined for an error. */
type Ask = (action: string, parameters: Readonly<Record<string, string>>) => Promise<XmlElement | undefined>;

function asker(moto: Pick<Moto, "query">, account: string): Ask {
  return async (action, parameters) => {
    const reply = await moto.query("iam", account, SIGNING_REGION, { Action: action, ...parameters });
    return reply.status < 300 ? child(parseXml(reply.body.toString()), `${action}Result`) : undefined;
  };
}

async function inlinePolicy(
  ask: Ask,
  RoleName: string,
  name: string,
): Promise<RoleDocuments["policies"][number]> {
  return {
    name,
    text: decoded(await ask("GetRolePolicy", { RoleName, PolicyName: name }), "PolicyDocument"),
  };
}

async function managedPolicy(ask: Ask, PolicyArn: string): Promise<RoleDocuments["policies"][number]> {
  const policy = await ask("GetPolicy", { PolicyArn });
  const VersionId = (policy && textAt(policy, "Policy", "DefaultVersionId")) ?? "";
  const version = await ask("GetPolicyVersion", { PolicyArn, VersionId });
  return { name: PolicyArn, text: decoded(version, "PolicyVersion", "Document") };
}

function members(result: XmlElement | undefined, list: string): XmlElement[] {
  const found = result && descendant(result, list);
  return found ? childrenOf(found, "member") : [];
}

/** IAM writes policies percent-encoded; moto sometimes plain. JSON begins with a brace or blank, and only then is plain. */
function decoded(result: XmlElement | undefined, ...path: readonly string[]): string {
  const text = (result && textAt(result, ...path)) ?? "";
  return /^\s*\{/.test(text) ? text : decodeURIComponent(text.replaceAll("+", "%20"));
}
