import { readSessionTerms } from "../../iam/role";
import type { AwsCall, Moto, Reply } from "../../server/call";
import type { WebIdentityOf } from "../../server/data-plane";
import { formOf, parameter } from "../../server/form";
import { withBody } from "../../server/protocol";
import {
  child,
  descendant,
  parseXml,
  putChild,
  removeChild,
  renderXml,
  type XmlElement,
} from "../../server/xml";
import { requireDurationOfRole } from "./assume-role-request";
import { sessionOf } from "./assumed-session";
import type { SessionRegistry } from "./session-registry";

export interface WebIdentityOperationOptions {
  readonly moto: Pick<Moto, "forward" | "query">;
  readonly sessions: SessionRegistry;
  readonly webIdentityOf: WebIdentityOf;
}

/** AssumeRoleWithWebIdentity: moto issues the session, but checks neither the token nor the role. */
export async function assumeRoleWithWebIdentity(
  call: AwsCall,
  { moto, sessions, webIdentityOf }: WebIdentityOperationOptions,
): Promise<Reply> {
  const identity = await webIdentityOf(call);
  const form = formOf(call);
  const terms = await readSessionTerms(moto, parameter(form, "RoleArn"));
  if (terms) requireDurationOfRole(form, terms.maxSessionSeconds);
  const reply = await moto.forward(call, { body: withoutToken(form) });
  if (reply.status >= 300) return reply;
  const root = parseXml(reply.body.toString());
  const result = child(root, `${call.operation}Result`);
  if (!result) throw new Error(`moto's answer to ${call.operation} has no ${call.operation}Result`);
  sessions.add({
    ...sessionOf(form, result),
    callerAccessKeyId: undefined,
    callerAccount: call.account,
    sessionKeys: identity.sessionKeys,
  });
  if (terms) putRoleId(result, terms.roleId, form);
  // AWS returns PackedPolicySize only when a session policy was passed.
  if (!form.has("Policy")) removeChild(result, "PackedPolicySize");
  putChild(result, "SubjectFromWebIdentityToken", identity.subject);
  putChild(result, "Audience", identity.audience);
  putChild(result, "Provider", identity.provider);
  return withBody(reply, renderXml(root));
}

/** moto does not need the token, and would log it. */
function withoutToken(form: URLSearchParams): string {
  const copy = new URLSearchParams(form);
  copy.set("WebIdentityToken", "verified");
  return copy.toString();
}

function putRoleId(result: XmlElement, roleId: string, form: URLSearchParams): void {
  const user = descendant(result, "AssumedRoleUser");
  if (user) putChild(user, "AssumedRoleId", `${roleId}:${parameter(form, "RoleSessionName")}`);
}
