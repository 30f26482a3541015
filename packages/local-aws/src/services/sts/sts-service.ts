import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import type { AssumedSession } from "../../server/data-plane";
import { formOf, membersOf, parameter, tagsOf } from "../../server/form";
import { withBody } from "../../server/protocol";
import { child, element, parseXml, renderXml, textAt, type XmlElement } from "../../server/xml";
import { requireValidRequest } from "./assume-role-request";
import type { SessionRegistry } from "./session-registry";

/** STS: moto, which forgets what AssumeRole says of the session, and checks none of it. */
export class StsService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  readonly #sessions: SessionRegistry;

  constructor(moto: Pick<Moto, "forward">, sessions: SessionRegistry) {
    this.#moto = moto;
    this.#sessions = sessions;
  }

  async handle(call: AwsCall): Promise<Reply> {
    return call.operation === "AssumeRole" ? await this.#assumeRole(call) : await this.#moto.forward(call);
  }

  async #assumeRole(call: AwsCall): Promise<Reply> {
    const form = formOf(call);
    const caller = call.accessKeyId === undefined ? undefined : this.#sessions.get(call.accessKeyId);
    requireValidRequest(form, isTemporary(call.accessKeyId));
    const sourceIdentity = stickySourceIdentity(form, caller);
    const reply = await this.#moto.forward(call);
    if (reply.status >= 300) return reply;
    const root = parseXml(reply.body.toString());
    const result = child(root, "AssumeRoleResult");
    if (!result) throw new Error("moto's answer to AssumeRole has no AssumeRoleResult");
    this.#sessions.add(newSession(call, form, result, { caller, sourceIdentity }));
    if (sourceIdentity === undefined) return reply;
    result.children.push(element("SourceIdentity", sourceIdentity));
    return withBody(reply, renderXml(root));
  }
}

/** Keys of sessions begin so; a session that makes a session is role chaining. */
function isTemporary(accessKeyId: string | undefined): boolean {
  return accessKeyId?.startsWith("ASIA") ?? false;
}

/** Once a session has a source identity, the sessions that it makes keep it. */
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
  const roleArn = parameter(form, "RoleArn");
  const inherited = [...(caller?.tags ?? [])].filter(([key]) => caller?.transitiveTagKeys.includes(key));
  return {
    accessKeyId: textAt(result, "Credentials", "AccessKeyId") ?? "",
    account: roleArn.split(":")[4] ?? "",
    roleArn,
    sessionName: parameter(form, "RoleSessionName"),
    sourceIdentity,
    tags: new Map([...tagsOf(form, "Tags.member"), ...inherited]),
    transitiveTagKeys: [
      ...new Set([...membersOf(form, "TransitiveTagKeys"), ...inherited.map(([key]) => key)]),
    ],
    policy: form.get("Policy") ?? undefined,
    policyArns: membersOf(form, "PolicyArns", ".arn"),
    callerAccessKeyId: call.accessKeyId,
    callerAccount: call.account,
    expiresAt: new Date(textAt(result, "Credentials", "Expiration") ?? Date.now()),
  };
}
