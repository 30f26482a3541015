import { ACCOUNT_ID, splitArn } from "./arn";
import { PolicyError } from "./errors";
import { isObject, stringList } from "./json";
import type { PolicyKind } from "./kinds";
import type { ResolvedPrincipal } from "./principal";

/**
 * How a Principal element names a principal, which determines what else the request needs within one account:
 * - `direct`: as the user, the session, the service or everyone; the Allow is enough
 * - `role`: as the session's role, or as the user of a federated user; boundary and session policies still limit it
 * - `account`: as its account; the principal's own policies must allow too
 */
export type Grant = "direct" | "role" | "account";

export type PrincipalPattern = (caller: ResolvedPrincipal) => Grant | undefined;

const UNIQUE_ID = /^A(?:RO|ID)A[A-Z0-9]+$/;
const SERVICE_NAME = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

function malformed(what: string): PolicyError {
  return new PolicyError("malformed_principal", `Principal ${what}`);
}

const everyone: PrincipalPattern = () => "direct";

/** `{"AWS": "*"}`: AWS documents it as equal to `*` for users, roles and anonymous callers, and does not mention others. */
function everyAwsPrincipal({ principal }: ResolvedPrincipal): Grant {
  if (principal.type === "service" || principal.type === "federated") {
    throw new PolicyError(
      "ambiguous_principal",
      `Principal {"AWS": "*"} does not say whether it means a ${principal.type} principal`,
    );
  }
  return "direct";
}

function accountPattern(account: string): PrincipalPattern {
  return (caller) => {
    if (caller.account !== account) return undefined;
    return caller.principal.type === "root" ? "direct" : "account";
  };
}

function rootPattern(account: string): PrincipalPattern {
  return (caller) => (caller.principal.type === "root" && caller.account === account ? "direct" : undefined);
}

function arnPattern(arn: string): PrincipalPattern {
  return ({ principal, sessionArn }) => {
    if (principal.type === "user") return principal.arn === arn ? "direct" : undefined;
    if (sessionArn === arn) return "direct";
    if (principal.type === "federated_user") return principal.userArn === arn ? "role" : undefined;
    return principal.type === "role_session" && principal.roleArn === arn ? "role" : undefined;
  };
}

/** IAM shows a principal's unique id in place of its ARN when the principal no longer exists. */
function uniqueIdPattern(id: string): PrincipalPattern {
  return ({ principal }) => {
    if (principal.type === "user") return principal.userId === id ? "direct" : undefined;
    return principal.type === "role_session" && principal.roleId === id ? "role" : undefined;
  };
}

// A name has no variable either: "You cannot use a wildcard to match part of a principal name or ARN", and variables stand
// in Resource and Condition alone.
const NAMED: Readonly<Record<string, RegExp>> = {
  iam: /^(?:user|role)\/(?:[^*?${}]+\/)?[\w+=,.@-]+$/,
  sts: /^(?:assumed-role\/[\w+=,.@-]+|federated-user)\/[\w+=,.@-]{2,64}$/,
};

/** The account that an id or the ARN of its root user names. */
function namedAccount(text: string): string | undefined {
  if (ACCOUNT_ID.test(text)) return text;
  const parts = splitArn(text);
  const root = parts?.[2] === "iam" && parts[5] === "root" && ACCOUNT_ID.test(parts[4]);
  return root && !/[*?]/.test(text) ? parts[4] : undefined;
}

function awsPattern(text: string): PrincipalPattern {
  if (text === "*") return everyAwsPrincipal;
  const account = namedAccount(text);
  if (account !== undefined) return accountPattern(account);
  if (UNIQUE_ID.test(text)) return uniqueIdPattern(text);
  if (/[*?]/.test(text)) throw malformed(`"${text}" has a wildcard; AWS allows none in part of a principal`);
  const parts = splitArn(text);
  if (parts === undefined || !ACCOUNT_ID.test(parts[4]) || NAMED[parts[2]]?.test(parts[5]) !== true) {
    throw malformed(`"${text}" is no account, user, role or session`);
  }
  return arnPattern(text);
}

/**
 * "The Principal element must be set to *"; an account means its root user alone, and other principals take a condition on
 * aws:PrincipalArn.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway
 */
function gatewayPattern(type: string, text: string): PrincipalPattern {
  if (type === "AWS" && text === "*") return everyAwsPrincipal;
  const account = type === "AWS" ? namedAccount(text) : undefined;
  if (account !== undefined) return rootPattern(account);
  throw new PolicyError(
    "unsupported_principal",
    `Principal "${text}": the policy of a gateway endpoint names * alone, with a condition on aws:PrincipalArn`,
  );
}

function servicePattern(name: string): PrincipalPattern {
  if (!SERVICE_NAME.test(name)) throw malformed(`"${name}" is no AWS service`);
  return ({ principal }) => (principal.type === "service" && principal.name === name ? "direct" : undefined);
}

function federatedPattern(provider: string): PrincipalPattern {
  if (/[*?]/.test(provider)) throw malformed(`"${provider}" has a wildcard`);
  return ({ principal }) =>
    principal.type === "federated" && principal.provider === provider ? "direct" : undefined;
}

function entryPatterns(type: string, value: unknown, kind: PolicyKind): PrincipalPattern[] {
  const names = stringList(value);
  if (names === undefined) throw malformed(`"${type}" is not a string or a list of strings`);
  if (kind === "gateway_endpoint") return names.map((name) => gatewayPattern(type, name));
  switch (type) {
    case "AWS":
      return names.map(awsPattern);
    case "Service":
      return names.map(servicePattern);
    case "Federated":
      return names.map(federatedPattern);
    case "CanonicalUser":
      throw new PolicyError("unsupported_principal", "Principal CanonicalUser (S3 only) is not supported");
    default:
      throw malformed(`has an unknown type "${type}"`);
  }
}

const STRENGTH: readonly Grant[] = ["direct", "role", "account"];

/**
 * Compiles a Principal element.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 *
 * @throws {PolicyError} on a wildcard in a part of a name, an unknown type, or a CanonicalUser
 */
export function compilePrincipal(value: unknown, kind: PolicyKind): PrincipalPattern {
  if (value === "*") return everyone;
  if (!isObject(value) || Object.keys(value).length === 0)
    throw malformed("is neither * nor a map of principals");
  const patterns = Object.entries(value).flatMap(([type, names]) => entryPatterns(type, names, kind));
  return (caller) => {
    const grants = patterns.map((pattern) => pattern(caller));
    return STRENGTH.find((grant) => grants.includes(grant));
  };
}
