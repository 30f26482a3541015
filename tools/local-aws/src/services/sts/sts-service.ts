import { readSessionTerms } from "../../iam/role";
import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import type { AssumedSession, WebIdentityOf } from "../../server/data-plane";
import { formOf, membersOf, parameter, tagsOf } from "../../server/form";
import { WITH_WEB_IDENTITY } from "../../server/parse-call";
import { withBody } from "../../server/protocol";
import { child, element, parseXml, renderXml, type XmlElement } from "../../server/xml";
import {
  isLongSession,
  requireDurationOfRole,
  requireTransitiveTags,
  requireValidRequest,
} from "./assume-role-request";
import { sessionOf } from "./assumed-session";
import type { SessionRegistry } from "./session-registry";
import { assumeRoleWithWebIdentity } from "./web-identity-operation";

export interface StsServiceOptions {
  readonly moto: Pick<Moto, "forward" | "query">;
  readonly sessions: SessionRegistry;
  readonly webIdentityOf: WebIdentityOf;
}

/** STS: moto, with validation of AssumeRole's parameters and a record of each session, since moto has neither. */
export class StsService implements ServiceHandler {
  readonly #options: StsServiceOptions;

  constructor(options: StsServiceOptions) {
    this.#options = options;
  }

  async handle(call: AwsCall): Promise<Reply> {
    switch (call.operation) {
      case "AssumeRole":
        return await this.#assumeRole(call);
      case WITH_WEB_IDENTITY:
        return await assumeRoleWithWebIdentity(call, this.#options);
      default:
        return await this.#options.moto.forward(call);
    }
  }

  async #assumeRole(call: AwsCall): Promise<Reply> {
    const { moto, sessions } = this.#options;
    const form = formOf(call);
    const caller = call.accessKeyId === undefined ? undefined : sessions.get(call.accessKeyId);
    requireValidRequest(form, isTemporary(call.accessKeyId));
    requireTransitiveTags(form, caller?.transitiveTagKeys ?? []);
    const sourceIdentity = stickySourceIdentity(form, caller);
    await this.#requireDuration(form);
    const reply = await moto.forward(call);
    if (reply.status >= 300) return reply;
    const root = parseXml(reply.body.toString());
    const result = child(root, "AssumeRoleResult");
    if (!result) throw new Error("moto's answer to AssumeRole has no AssumeRoleResult");
    sessions.add(newSession(call, form, result, { caller, sourceIdentity }));
    if (sourceIdentity === undefined) return reply;
    result.children.push(element("SourceIdentity", sourceIdentity));
    return withBody(reply, renderXml(root));
  }

  async #requireDuration(form: URLSearchParams): Promise<void> {
    if (!isLongSession(form)) return;
    const terms = await readSessionTerms(this.#options.moto, parameter(form, "RoleArn"));
    // An operator may assume a role that does not exist, for any duration that STS allows.
    if (terms) requireDurationOfRole(form, terms.maxSessionSeconds);
  }
}

/** Whether the access key belongs to a session; a session that assumes a role is role chaining. */
function isTemporary(accessKeyId: string | undefined): boolean {
  return accessKeyId?.startsWith("ASIA") ?? false;
}

/** The source identity of a session, which every session that it assumes inherits. */
function stickySourceIdentity(form: URLSearchParams, caller: AssumedSession | undefined): string | undefined {
  const wanted = form.get("SourceIdentity") ?? undefined;
  const held = caller?.sourceIdentity;
  if (held !== undefined && wanted !== undefined && wanted !== held) {
    throw new AwsError("AccessDenied", "The session has a source identity, which cannot be changed.", 403);
  }
  return wanted ?? held;
}

function newSession(
  call: AwsCall,
  form: URLSearchParams,
  result: XmlElement,
  { caller, sourceIdentity }: { caller: AssumedSession | undefined; sourceIdentity: string | undefined },
): AssumedSession {
  const inherited = [...(caller?.tags ?? [])].filter(([key]) => caller?.transitiveTagKeys.includes(key));
  return {
    ...sessionOf(form, result),
    sourceIdentity,
    tags: new Map([...tagsOf(form, "Tags.member"), ...inherited]),
    transitiveTagKeys: [
      ...new Set([...membersOf(form, "TransitiveTagKeys"), ...inherited.map(([key]) => key)]),
    ],
    callerAccessKeyId: call.accessKeyId,
    callerAccount: call.account,
  };
}
