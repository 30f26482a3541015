import type { Organization, RequestContext, RoleSession } from "@studio-access/policy";

import type { IamIdentity } from "../iam/iam-identity";
import type { IamStore } from "../iam/iam-store";
import type { IamRole } from "../iam/role";
import { compile, type StoredPolicy } from "../iam/stored-policy";
import type { ExecutionRoles, ExecutionSession } from "../lambda-runtime/credentials";
import type { AwsCall, Reply } from "../server/call";
import type { AssumedSession, Sessions } from "../server/data-plane";
import { WITH_WEB_IDENTITY } from "../server/parse-call";
import { parseXml, textAt } from "../server/xml";
import type { ResolvedCaller } from "./caller";

export interface CallerResolverOptions {
  readonly iam: Pick<IamStore, "role" | "user" | "sessionPolicy">;
  readonly sessions: Sessions;
  readonly functionSessions: Pick<ExecutionRoles, "sessionOf">;
  readonly organization: Organization | undefined;
  readonly clock: () => number;
}

/** The role that a session was issued for, as it was at that time. */
interface IssuedSession {
  /** Undefined when IAM had no such role. */
  readonly roleId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

interface UserKey {
  readonly account: string;
  readonly userName: string;
}

/** Operations of STS whose sessions can be resolved; sts-check.ts refuses the others. */
const SESSION_OPERATIONS = new Set(["AssumeRole", WITH_WEB_IDENTITY]);

/** Resolves an access key to its caller. README.md lists which callers are checked, and why. */
export class CallerResolver {
  readonly #options: CallerResolverOptions;
  readonly #issuedSessions = new Map<string, IssuedSession>();
  readonly #userKeys = new Map<string, UserKey>();
  readonly #inlinePolicies = new WeakMap<AssumedSession, StoredPolicy>();

  constructor(options: CallerResolverOptions) {
    this.#options = options;
  }

  async resolve(accessKeyId: string | undefined): Promise<ResolvedCaller> {
    if (accessKeyId === undefined) return { kind: "operator", why: "the call is not signed" };
    const ofFunction = this.#options.functionSessions.sessionOf(accessKeyId);
    if (ofFunction) return await this.#functionSession(ofFunction);
    const session = this.#options.sessions.get(accessKeyId);
    if (session) return await this.#roleSession(session);
    const userKey = this.#userKeys.get(accessKeyId);
    if (userKey) return await this.#user(accessKeyId, userKey);
    return { kind: "operator", why: "neither IAM nor STS issued the access key" };
  }

  /** Must see every successful call: it records the access keys and sessions that the reply issues. */
  async observe(call: AwsCall, reply: Reply): Promise<void> {
    if (call.service === "iam" && call.operation === "CreateAccessKey") this.#recordAccessKey(call, reply);
    if (call.service === "sts" && SESSION_OPERATIONS.has(call.operation))
      await this.#recordSession(call, reply);
  }

  #recordAccessKey({ account }: AwsCall, reply: Reply): void {
    const root = parseXml(reply.body.toString());
    const field = (name: string): string => textAt(root, "CreateAccessKeyResult", "AccessKey", name) ?? "";
    const userName = field("UserName");
    // An access key without a user name belongs to the account's root user.
    if (userName !== "") this.#userKeys.set(field("AccessKeyId"), { account, userName });
  }

  async #recordSession({ operation }: AwsCall, reply: Reply): Promise<void> {
    const root = parseXml(reply.body.toString());
    const key = textAt(root, `${operation}Result`, "Credentials", "AccessKeyId") ?? "";
    const session = this.#options.sessions.get(key);
    if (!session) throw new Error(`${operation} issued a session that was not recorded`);
    const role = await this.#options.iam.role(session.roleArn);
    this.#issuedSessions.set(key, { roleId: role?.id, issuedAt: this.#options.clock() });
  }

  async #functionSession(session: ExecutionSession): Promise<ResolvedCaller> {
    const { roleArn, sessionName, functionArn, issuedAt } = session;
    const role = await this.#options.iam.role(roleArn);
    if (!role) return { kind: "invalid", why: `the execution role ${roleArn} was deleted` };
    return this.#session(
      role,
      { type: "role_session", roleArn, roleId: role.id, sessionName, tags: Object.fromEntries(role.tags) },
      { sessionPolicies: [], issuedAt, context: { "lambda:SourceFunctionArn": functionArn } },
    );
  }

  async #roleSession(session: AssumedSession): Promise<ResolvedCaller> {
    const { roleArn, sessionName, sourceIdentity, transitiveTagKeys } = session;
    const issued = this.#issuedSessions.get(session.accessKeyId);
    const role = await this.#options.iam.role(roleArn);
    if (!issued?.roleId)
      return { kind: "operator", why: `IAM had no ${roleArn} when the session was issued` };
    if (role?.id !== issued.roleId) return { kind: "invalid", why: `the role ${roleArn} was deleted` };
    const principal: RoleSession = {
      type: "role_session",
      roleArn,
      roleId: role.id,
      sessionName,
      tags: mergedTags(role.tags, session.tags),
      transitiveTagKeys,
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    };
    const sessionPolicies = await this.#sessionPolicies(session);
    const context = session.sessionKeys ?? {};
    return this.#session(role, principal, { sessionPolicies, issuedAt: issued.issuedAt, context });
  }

  async #sessionPolicies(session: AssumedSession): Promise<StoredPolicy[]> {
    const { policy, policyArns, account } = session;
    const managed = await Promise.all(policyArns.map((arn) => this.#options.iam.sessionPolicy(arn, account)));
    if (policy === undefined) return managed;
    const inline =
      this.#inlinePolicies.get(session) ??
      compile(policy, "session", `of ${sessionArn(session.roleArn, session.sessionName)}`);
    this.#inlinePolicies.set(session, inline);
    return [inline, ...managed];
  }

  #session(
    role: IamRole,
    principal: RoleSession,
    { sessionPolicies, issuedAt, context }: SessionDetails,
  ): ResolvedCaller {
    const caller = {
      principal: { ...principal, ...this.#organization() },
      arn: sessionArn(role.arn, principal.sessionName),
      ...policiesOf(role),
      sessionPolicies,
      context: {
        ...context,
        "aws:MultiFactorAuthPresent": "false",
        "aws:TokenIssueTime": new Date(issuedAt).toISOString(),
      },
    };
    return { kind: "checked", caller };
  }

  async #user(accessKeyId: string, { account, userName }: UserKey): Promise<ResolvedCaller> {
    const user = await this.#options.iam.user(account, userName);
    if (!user?.activeKeys.has(accessKeyId))
      return { kind: "invalid", why: `the access key of the user ${userName} was deleted or made inactive` };
    const { arn, id: userId } = user;
    const tags = Object.fromEntries(user.tags);
    const principal = { type: "user", arn, userId, tags, ...this.#organization() } as const;
    return {
      kind: "checked",
      caller: { principal, arn, ...policiesOf(user), sessionPolicies: [], context: {} },
    };
  }

  #organization(): { readonly organization?: Organization } {
    const { organization } = this.#options;
    return organization === undefined ? {} : { organization };
  }
}

interface SessionDetails {
  readonly sessionPolicies: readonly StoredPolicy[];
  readonly issuedAt: number;
  readonly context: RequestContext;
}

function policiesOf({ policies, boundary }: IamIdentity): {
  readonly identityPolicies: readonly StoredPolicy[];
  readonly permissionBoundary: StoredPolicy | undefined;
} {
  return { identityPolicies: policies, permissionBoundary: boundary };
}

/** The ARN of a session, which names the role without its path. */
function sessionArn(roleArn: string, sessionName: string): string {
  const [, partition = "aws", , , account = ""] = roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${roleArn.split("/").at(-1) ?? ""}/${sessionName}`;
}

/** A session tag overrides the role's tag of the same key; tag keys are compared without regard to case. */
function mergedTags(
  ofRole: ReadonlyMap<string, string>,
  ofSession: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const hidden = new Set([...ofSession.keys()].map((key) => key.toLowerCase()));
  const visible = [...ofRole].filter(([key]) => !hidden.has(key.toLowerCase()));
  return Object.fromEntries([...visible, ...ofSession]);
}
