import type { IamStore } from "../iam/iam-store";
import { AwsError, notImplemented } from "../server/aws-error";
import { formOf, membersOf, parameter, tagsOf } from "../server/form";
import { requireValidRequest } from "../services/sts/assume-role-request";
import type { CheckedCaller } from "./caller";
import type { AuthorizationCheck } from "./authorization-check";
import { originOf } from "./request-context";
import type { AuthorizationResult } from "./authorization-result";
import type { PolicyEvaluator, SessionRequest } from "./policy-evaluator";

export interface StsCheckOptions {
  readonly iam: Pick<IamStore, "role">;
  readonly evaluator: Pick<PolicyEvaluator, "assumeRole">;
}

/** Operations that issue keys which the local AWS cannot trace: it would treat their holder as an operator. */
const UNTRACEABLE = new Set(["AssumeRoleWithSAML", "AssumeRoot", "GetFederationToken", "GetSessionToken"]);

/** sts:AssumeRole, with sts:TagSession and sts:SetSourceIdentity where the call needs them. */
export function stsCheck({ iam, evaluator }: StsCheckOptions): AuthorizationCheck {
  return {
    appliesTo: ({ operation }) => operation === "AssumeRole" || UNTRACEABLE.has(operation),
    async authorize(call, caller) {
      if (UNTRACEABLE.has(call.operation)) {
        throw notImplemented(
          "sts",
          call.operation,
          "the local AWS could not tell its session from an operator's",
        );
      }
      const form = formOf(call);
      requireValidRequest(form, caller.principal.type === "role_session");
      const session = sessionRequest(form);
      if (changesSourceIdentity(caller, session)) return [];
      requireOwnTags(caller, session);
      const roleArn = parameter(form, "RoleArn");
      const role = await iam.role(roleArn);
      return [
        role
          ? await evaluator.assumeRole(originOf(call), caller, role, session)
          : noSuchRole(caller, roleArn),
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

/** Whether the call changes the source identity, which STS itself refuses whatever the policies say. */
function changesSourceIdentity({ principal }: CheckedCaller, { sourceIdentity }: SessionRequest): boolean {
  if (principal.type !== "role_session" || principal.sourceIdentity === undefined) return false;
  return sourceIdentity !== undefined && sourceIdentity !== principal.sourceIdentity;
}

/**
 * Transitive tags, which a role chain passes on, cannot be overridden.
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

/** AWS answers a role that does not exist like one whose trust policy does not allow the caller. */
function noSuchRole({ arn }: CheckedCaller, resource: string): AuthorizationResult {
  const why = `there is no role ${resource}`;
  const action = "sts:AssumeRole";
  return { who: arn, action, actions: [action], resource, allowed: false, why, awsReason: "" };
}
