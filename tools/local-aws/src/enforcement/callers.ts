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
import type { Caller } from "./caller";

export interface CallersOptions {
  readonly iam: Pick<IamStore, "role" | "user" | "sessionPolicy">;
  readonly sessions: Sessions;
  readonly functionSessions: Pick<ExecutionRoles, "sessionOf">;
  readonly organization: Organization | undefined;
  readonly clock: () => number;
}

/** What a session was made from. */
interface Origin {
  /** Of the role as it was then; undefined when there was none. */
  readonly roleId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

interface UserKey {
  readonly account: string;
  readonly userName: string;
}

/** Operations of STS whose sessions are known here; sts-check.ts refuses the others. */
const SESSION_GIVERS = new Set(["AssumeRole", WITH_WEB_IDENTITY]);

/** Tells from an access key who calls. README.md says who is checked, and why. */
export class Callers {
  readonly #options: CallersOptions;
  readonly #origins = new Map<string, Origin>();
  readonly #userKeys = new Map<string, UserKey>();
  readonly #inlinePolicies = new WeakMap<AssumedSession, StoredPolicy>();

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  async of(accessKeyId: string | undefined): Promise<Caller> {
    if (accessKeyId === undefined) return { kind: "operator", why: "the call is not signed" };
    const ofFunction = this.#options.functionSessions.sessionOf(accessKeyId);
    if (ofFunction) return await this.#functionSession(ofFunction);
    const session = this.#options.sessions.get(accessKeyId);
    if (session) return await this.#roleSession(session);
    const userKey = this.#userKeys.get(accessKeyId);
    if (userKey) return await this.#user(accessKeyId, userKey);
    return { kind: "operator", why: "IAM and STS have not given out the access key" };
  }

  /** To be told of every successful call: what its answer gives out. */
  async observe(call: AwsCall, reply: Reply): Promise<void> {
    if (call.service === "iam" && call.operation === "CreateAccessKey") this.#keyGiven(call, reply);
    if (call.service === "sts" && SESSION_GIVERS.has(call.operation)) await this.#sessionGiven(call, reply);
  }

  #keyGiven({ account }: AwsCall, reply: Reply): void {
    const root = parseXml(reply.body.toString());
    const field = (name: string): string => textAt(root, "CreateAccessKeyResult", "AccessKey", name) ?? "";
    const userName = field("UserName");
    // Without a name it is a key of the account's root user.
    if (userName !== "") this.#userKeys.set(field("AccessKeyId"), { account, userName });
  }

  async #sessionGiven({ operation }: AwsCall, reply: Reply): Promise<void> {
    const root = parseXml(reply.body.toString());
    const key = textAt(root, `${operation}Result`, "Credentials", "AccessKeyId") ?? "";
    const session = this.#options.sessions.get(key);
    if (!session) throw new Error(`${operation} gave out a session that was not recorded`);
    const role = await this.#options.iam.role(session.roleArn);
    this.#origins.set(key, { roleId: role?.id, issuedAt: this.#options.clock() });
  }

  async #functionSession(session: ExecutionSession): Promise<Caller> {
    const { roleArn, sessionName, functionArn, issuedAt } = session;
    const role = await this.#options.iam.role(roleArn);
    if (!role) return { kind: "invalid", why: `the execution role ${roleArn} is gone` };
    return this.#session(
      role,
      { type: "role_session", roleArn, roleId: role.id, sessionName, tags: Object.fromEntries(role.tags) },
      { sessionPolicies: [], issuedAt, context: { "lambda:SourceFunctionArn": functionArn } },
    );
  }

  async #roleSession(session: AssumedSession): Promise<Caller> {
    const { roleArn, sessionName, sourceIdentity, transitiveTagKeys } = session;
    const origin = this.#origins.get(session.accessKeyId);
    const role = await this.#options.iam.role(roleArn);
    if (!origin?.roleId) return { kind: "operator", why: `IAM had no ${roleArn} when the session was made` };
    if (role?.id !== origin.roleId) return { kind: "invalid", why: `the role ${roleArn} is gone` };
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
    return this.#session(role, principal, { sessionPolicies, issuedAt: origin.issuedAt, context });
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
    { sessionPolicies, issuedAt, context }: SessionTerms,
  ): Caller {
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

  async #user(accessKeyId: string, { account, userName }: UserKey): Promise<Caller> {
    const user = await this.#options.iam.user(account, userName);
    if (!user?.activeKeys.has(accessKeyId))
      return { kind: "invalid", why: `the access key of the user ${userName} is gone or switched off` };
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

interface SessionTerms {
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

/** The role's name without its path, as STS writes it. */
function sessionArn(roleArn: string, sessionName: string): string {
  const [, partition = "aws", , , account = ""] = roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${roleArn.split("/").at(-1) ?? ""}/${sessionName}`;
}

/** A session tag hides a tag of the role, however its key is spelt. */
function mergedTags(
  ofRole: ReadonlyMap<string, string>,
  ofSession: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const hidden = new Set([...ofSession.keys()].map((key) => key.toLowerCase()));
  const visible = [...ofRole].filter(([key]) => !hidden.has(key.toLowerCase()));
  return Object.fromEntries([...visible, ...ofSession]);
}
