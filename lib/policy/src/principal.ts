import { ACCOUNT_ID, splitArn } from "./arn";
import { RequestError } from "./errors";

/** Membership of an AWS Organization. */
export interface Organization {
  /** `o-…` */
  readonly id: string;
  /** Path down to the account's parent, `o-…/r-…/ou-…/`. */
  readonly path?: string;
}

interface Identity {
  /** User tags, or role and session tags together; a session tag hides a role tag of the same name. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Absent: the account belongs to no organization. */
  readonly organization?: Organization;
}

/** The session of an assumed role. A role itself makes no requests. */
export interface RoleSession extends Identity {
  readonly type: "role_session";
  /** `arn:aws:iam::111111111111:role/path/name`, with its path. */
  readonly roleArn: string;
  readonly sessionName: string;
  /** The role's unique id, `AROA…`. A role that is deleted and created again has another one. */
  readonly roleId?: string;
  readonly sourceIdentity?: string;
  /** Keys of the session tags that the next session of a role chain inherits. */
  readonly transitiveTagKeys?: readonly string[];
}

export interface User extends Identity {
  readonly type: "user";
  /** `arn:aws:iam::111111111111:user/path/name` */
  readonly arn: string;
  /** The user's unique id, `AIDA…`. */
  readonly userId?: string;
}

/** The session that a user made with GetFederationToken. */
export interface FederatedUser extends Identity {
  readonly type: "federated_user";
  /** The user that made the session, whose policies limit it. */
  readonly userArn: string;
  /** The name that the user gave to the session. */
  readonly sessionName: string;
}

export interface RootUser {
  readonly type: "root";
  /** 12 digits. */
  readonly accountId: string;
  readonly organization?: Organization;
}

/** An AWS service acting on its own, such as `lambda.amazonaws.com`. */
export interface ServicePrincipal {
  readonly type: "service";
  readonly name: string;
}

/** The holder of an identity provider's token, in a call of AssumeRoleWithWebIdentity or AssumeRoleWithSAML. */
export interface FederatedPrincipal {
  readonly type: "federated";
  /** As in a Principal element: a provider's ARN or domain name. */
  readonly provider: string;
}

/** A request without AWS credentials, as a call of a REST API with a Lambda authorizer is. */
export interface Anonymous {
  readonly type: "anonymous";
}

/** Who makes a request. */
export type Principal =
  RoleSession | User | FederatedUser | RootUser | ServicePrincipal | FederatedPrincipal | Anonymous;

// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; a path may hold wildcards, which a
// Principal element can not: such a path is refused rather than compared with one.
const IAM_RESOURCE = /^(user|role)\/(?:[^*?${}]+\/)?([\w+=,.@-]+)$/;

function iamName(arn: string, kind: "role" | "user"): { account: string; partition: string; name: string } {
  const parts = splitArn(arn);
  const [, type, name] = IAM_RESOURCE.exec(parts?.[5] ?? "") ?? [];
  if (parts?.[2] !== "iam" || !ACCOUNT_ID.test(parts[4]) || type !== kind || name === undefined) {
    throw new RequestError("malformed_principal", `"${arn}" is not the ARN of a ${kind}`);
  }
  return { account: parts[4], partition: parts[1], name };
}

// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
export const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/**
 * `arn:aws:sts::111111111111:assumed-role/name/session`: the role's name without its path; or
 * `arn:aws:sts::111111111111:federated-user/session`.
 */
function sessionArn(session: RoleSession | FederatedUser): string {
  if (!SESSION_NAME.test(session.sessionName)) {
    throw new RequestError("malformed_principal", `"${session.sessionName}" is not the name of a session`);
  }
  if (session.type === "federated_user") {
    const { account, partition } = iamName(session.userArn, "user");
    return `arn:${partition}:sts::${account}:federated-user/${session.sessionName}`;
  }
  const { account, partition, name } = iamName(session.roleArn, "role");
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session.sessionName}`;
}

/** @returns undefined for a principal that belongs to no account */
function accountOf(principal: Principal): string | undefined {
  switch (principal.type) {
    case "role_session":
      return iamName(principal.roleArn, "role").account;
    case "user":
      return iamName(principal.arn, "user").account;
    case "federated_user":
      return iamName(principal.userArn, "user").account;
    case "root":
      if (!ACCOUNT_ID.test(principal.accountId)) {
        throw new RequestError("malformed_principal", `"${principal.accountId}" is not an account id`);
      }
      return principal.accountId;
    case "service":
    case "federated":
    case "anonymous":
      return undefined;
  }
}

/** A principal with the account and session ARN that follow from it, checked once per request. */
export interface ResolvedPrincipal {
  readonly principal: Principal;
  readonly account: string | undefined;
  /** Set for a role session and a federated user. */
  readonly sessionArn: string | undefined;
}

/** @throws {RequestError} when an ARN or a session name is malformed */
export function resolvePrincipal(principal: Principal): ResolvedPrincipal {
  return {
    principal,
    account: accountOf(principal),
    sessionArn:
      principal.type === "role_session" || principal.type === "federated_user"
        ? sessionArn(principal)
        : undefined,
  };
}

/**
 * Whether a service made the role for itself: it is the only one that can, under this path.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export function isServiceLinkedRole(principal: Principal): boolean {
  return (
    principal.type === "role_session" &&
    principal.roleArn.split(":")[5]?.startsWith("role/aws-service-role/") === true
  );
}

/** The friendly name of a user, without its path. */
export function userName(user: User): string {
  return iamName(user.arn, "user").name;
}

/** Details of a principal that its ARN does not hold. */
export type PrincipalDetails = Partial<
  Pick<RoleSession, "roleArn" | "roleId" | "tags" | "transitiveTagKeys" | "sourceIdentity" | "organization"> &
    Pick<User, "userId"> &
    Pick<FederatedUser, "userArn">
>;

function only<T extends object>(details: object, keys: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(details).filter(([key]) => (keys as readonly string[]).includes(key)),
  ) as Partial<T>;
}

function sessionFrom(arn: string, resource: string, details: PrincipalDetails): RoleSession {
  const [, , sessionName = ""] = resource.split("/");
  const { roleArn } = details;
  // If the role's path were taken as empty, policies would silently be compared with the wrong role ARN.
  if (roleArn === undefined) {
    throw new RequestError("malformed_principal", `"${arn}" does not hold the role's path: pass roleArn`);
  }
  const session: RoleSession = {
    ...only<RoleSession>(details, ["roleId", "tags", "transitiveTagKeys", "sourceIdentity", "organization"]),
    type: "role_session",
    roleArn,
    sessionName,
  };
  if (sessionArn(session) !== arn) {
    throw new RequestError("malformed_principal", `"${arn}" is no session of "${roleArn}"`);
  }
  return session;
}

function federatedFrom(arn: string, resource: string, details: PrincipalDetails): FederatedUser {
  const { userArn } = details;
  if (userArn === undefined) {
    throw new RequestError(
      "malformed_principal",
      `"${arn}" does not hold the user that it acts for: pass userArn`,
    );
  }
  const user: FederatedUser = {
    ...only<FederatedUser>(details, ["tags", "organization"]),
    type: "federated_user",
    userArn,
    sessionName: resource.slice("federated-user/".length),
  };
  if (sessionArn(user) !== arn) {
    throw new RequestError("malformed_principal", `"${arn}" is no session of "${userArn}"`);
  }
  return user;
}

/**
 * Builds a principal from the ARN that GetCallerIdentity or CloudTrail shows.
 *
 * @param arn of a user, an account's root, an assumed-role session or a federated user
 * @param details tags and ids; for a session also `roleArn`, since the session's ARN leaves out the role's path, and for a
 *   federated user `userArn`, which its ARN leaves out
 * @throws {RequestError} on any other ARN, also a role's: a role makes no requests, its sessions do
 */
export function principalFromArn(arn: string, details: PrincipalDetails = {}): Principal {
  const parts = splitArn(arn);
  const [, , service, , account = "", resource = ""] = parts ?? [];
  if (service === "iam" && resource === "root" && ACCOUNT_ID.test(account)) {
    return { ...only<RootUser>(details, ["organization"]), type: "root", accountId: account };
  }
  if (service === "iam" && resource.startsWith("user/")) {
    const user: User = { ...only<User>(details, ["userId", "tags", "organization"]), type: "user", arn };
    iamName(arn, "user");
    return user;
  }
  if (service === "sts" && resource.startsWith("assumed-role/")) return sessionFrom(arn, resource, details);
  if (service === "sts" && resource.startsWith("federated-user/"))
    return federatedFrom(arn, resource, details);
  throw new RequestError(
    "malformed_principal",
    `"${arn}" is not the ARN of a user, an account's root, a role session or a federated user`,
  );
}
