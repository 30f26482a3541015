/*
 * Principals, for the naive evaluator: who calls, which keys follow from it, and how a Principal element names it.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
import type { Principal } from "../principal";
import { list, type NaiveContext } from "./naive-condition";

/** How a Principal element names the caller, from the most direct. */
export type Naming = "direct" | "role" | "account";

/** The documentation does not say. */
export class Unknown extends Error {}

export interface Caller {
  readonly account: string | undefined;
  /** The ARN of the principal that makes the request. */
  readonly arn: string | undefined;
  /** The role or the user behind a session. */
  readonly behind: string | undefined;
  readonly uniqueId: string | undefined;
}

export function callerOf(principal: Principal): Caller {
  const nobody = { account: undefined, arn: undefined, behind: undefined, uniqueId: undefined };
  switch (principal.type) {
    case "role_session": {
      const account = principal.roleArn.split(":")[4] ?? "";
      const role = principal.roleArn.split("/").at(-1) ?? "";
      const arn = `arn:aws:sts::${account}:assumed-role/${role}/${principal.sessionName}`;
      return { account, arn, behind: principal.roleArn, uniqueId: principal.roleId };
    }
    case "federated_user": {
      const account = principal.userArn.split(":")[4] ?? "";
      const arn = `arn:aws:sts::${account}:federated-user/${principal.sessionName}`;
      return { ...nobody, account, arn, behind: principal.userArn };
    }
    case "user":
      return {
        ...nobody,
        account: principal.arn.split(":")[4],
        arn: principal.arn,
        uniqueId: principal.userId,
      };
    case "root":
      return { ...nobody, account: principal.accountId, arn: `arn:aws:iam::${principal.accountId}:root` };
    case "service":
    case "federated":
    case "anonymous":
      return nobody;
  }
}

interface Asked {
  readonly principal: Principal;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The table of principal key values, and "Availability" of each global key. */
export function contextOf({ principal, context, resource }: Asked, caller: Caller): NaiveContext {
  const { account, arn } = caller;
  const keys = new Map<string, readonly string[]>();
  const put = (key: string, value: string | readonly string[] | undefined): void => {
    if (value !== undefined) keys.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  };
  put("aws:ViaAWSService", "false");
  put("aws:PrincipalAccount", principal.type === "anonymous" ? "anonymous" : account);
  if (account !== undefined) put("aws:PrincipalIsAWSService", "false");
  const [, , , , resourceAccount = ""] = resource.split(":");
  if (/^\d{12}$/.test(resourceAccount)) put("aws:ResourceAccount", resourceAccount);
  switch (principal.type) {
    case "role_session":
      put("aws:PrincipalArn", principal.roleArn);
      put("aws:PrincipalType", "AssumedRole");
      if (principal.roleId !== undefined) put("aws:userid", `${principal.roleId}:${principal.sessionName}`);
      break;
    case "user":
      put("aws:PrincipalArn", arn);
      put("aws:PrincipalType", "User");
      put("aws:userid", principal.userId);
      put("aws:username", principal.arn.split("/").at(-1));
      break;
    case "federated_user":
      put("aws:PrincipalArn", arn);
      put("aws:PrincipalType", "FederatedUser");
      put("aws:userid", `${account ?? ""}:${principal.sessionName}`);
      break;
    case "root":
      put("aws:PrincipalArn", arn);
      put("aws:PrincipalType", "Account");
      put("aws:userid", account);
      break;
    case "anonymous":
      put("aws:PrincipalType", "Anonymous");
      put("aws:userid", "anonymous");
      break;
    case "service":
      put("aws:PrincipalIsAWSService", "true");
      put("aws:PrincipalServiceName", principal.name);
      break;
    case "federated":
      break;
  }
  const tags = "tags" in principal ? (principal.tags ?? {}) : {};
  for (const tag of Object.keys(tags)) put(`aws:PrincipalTag/${tag}`, tags[tag]);
  for (const key of Object.keys(context)) put(key, context[key]);
  return keys;
}

function accountNamed(name: string): string | undefined {
  return /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
}

function awsNaming(name: string, gateway: boolean, caller: Caller, principal: Principal): Naming | undefined {
  if (name === "*") {
    // "Any root user, IAM user, assumed-role session, or federated user", and anonymous ones; others are not mentioned.
    if (principal.type === "service" || principal.type === "federated") throw new Unknown();
    return "direct";
  }
  const account = accountNamed(name);
  if (account !== undefined) {
    if (account !== caller.account) return undefined;
    if (principal.type === "root") return "direct";
    return gateway ? undefined : "account";
  }
  if (name === caller.arn) return "direct";
  if (name === caller.behind) return "role";
  if (caller.uniqueId === undefined || name !== caller.uniqueId) return undefined;
  return principal.type === "user" ? "direct" : "role";
}

export function namingOf(
  element: unknown,
  gateway: boolean,
  caller: Caller,
  principal: Principal,
): Naming | undefined {
  if (element === "*") return "direct";
  const found = Object.entries(element as Record<string, unknown>).flatMap(([type, names]) =>
    list(names).map((name) => {
      if (type === "AWS") return awsNaming(name, gateway, caller, principal);
      if (type === "Service")
        return principal.type === "service" && principal.name === name ? "direct" : undefined;
      return principal.type === "federated" && principal.provider === name ? "direct" : undefined;
    }),
  );
  return (["direct", "role", "account"] as const).find((naming) => found.includes(naming));
}
