import type { IamStore } from "../iam/iam-store";
import { AwsError, notImplemented } from "../server/aws-error";
import { formOf, membersOf, parameter, tagsOf } from "../server/form";
import { requireValidRequest } from "../services/sts/assume-role-request";
import type { CheckedCaller } from "./caller";
import type { Check } from "./check";
import { wayOf } from "./circumstances";
import type { Finding } from "./finding";
import type { Judge, SessionRequest } from "./judge";

export interface StsCheckOptions {
  readonly iam: Pick<IamStore, "role">;
  readonly judge: Pick<Judge, "assumeRole">;
}

/** They give out keys of which the local AWS would not know whose they are, and take their holder for an operator. */
const UNTRACEABLE = new Set(["AssumeRoleWithSAML", "AssumeRoot", "GetFederationToken", "GetSessionToken"]);

/** sts:AssumeRole, with sts:TagSession and sts:SetSourceIdentity where the call needs them. */
export function stsCheck({ iam, judge }: StsCheckOptions): Check {
  return {
    concerns: ({ operation }) => operation === "AssumeRole" || UNTRACEABLE.has(operation),
    async judge(call, caller) {
      if (UNTRACEABLE.has(call.operation)) {
        throw notImplemented("sts", call.operation, "its session could not be told from an operator's");
      }
      const form = formOf(call);
      requireValidRequest(form, caller.principal.type === "role_session");
      const session = sessionRequest(form);
      if (changesSourceIdentity(caller, session)) return [];
      requireOwnTags(caller, session);
      const roleArn = parameter(form, "RoleArn");
      const role = await iam.role(roleArn);
      return [
        role ? await judge.assumeRole(wayOf(call), caller, role, session) : noSuchRole(caller, roleArn),
      ];
    },
  };
}

function sessionRequest(form: URLSearchParams): SessionRequest {
  return {
    roleSessionName: parameter(form, "RoleSessionName"),
    externalId: form.get("ExternalId") ?? undefined,
    sourceIdentity: form.get("SourceIdentity") ?? undefined,
    tags: Object.fromEntries(tagsOf(form, "Tags.member")),
    transitiveTagKeys: membersOf(form, "TransitiveTagKeys"),
  };
}

/** STS itself refuses it, whatever the policies say. */
function changesSourceIdentity({ principal }: CheckedCaller, { sourceIdentity }: SessionRequest): boolean {
  if (principal.type !== "role_session" || principal.sourceIdentity === undefined) return false;
  return sourceIdentity !== undefined && sourceIdentity !== principal.sourceIdentity;
}

/**
 * Tags that a role chain hands on cannot be set anew.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html ("the operation fails"; the code is
 * our reading).
 */
function requireOwnTags({ principal }: CheckedCaller, { tags = {} }: SessionRequest): void {
  const inherited = principal.type === "role_session" ? (principal.transitiveTagKeys ?? []) : [];
  const taken = new Set(inherited.map((key) => key.toLowerCase()));
  if (!Object.keys(tags).some((key) => taken.has(key.toLowerCase()))) return;
  throw new AwsError(
    "InvalidParameterValue",
    "One of the specified session tags conflicts with a transitive tag of the calling session.",
  );
}

/** To strangers a role that is not there looks like one that does not trust them. */
function noSuchRole({ arn }: CheckedCaller, resource: string): Finding {
  const why = `there is no role ${resource}`;
  const action = "sts:AssumeRole";
  return { who: arn, action, actions: [action], resource, allowed: false, why, awsReason: "" };
}
