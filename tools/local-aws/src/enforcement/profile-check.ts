import type { RequestContext } from "@studio-access/policy";

import type { AwsCall } from "../server/call";
import type { PresignedUrlRecord, ResourceTags } from "../server/data-plane";
import type { AuthorizationCheck } from "./authorization-check";
import { originOf } from "./request-context";
import { jsonObject, type JsonObject } from "./json-body";
import { tagKeys, type PolicyEvaluator, type AuthorizationRequest } from "./policy-evaluator";

export interface ProfileCheckOptions {
  readonly evaluator: Pick<PolicyEvaluator, "evaluate">;
  readonly tagsOf: ResourceTags;
}

type Profile = Pick<PresignedUrlRecord, "account" | "region" | "domainId" | "userProfileName">;

/** The authorization requests of an operation on a profile. */
type Requests = (
  profile: Profile,
  tagsOf: ResourceTags,
  input: JsonObject,
) => readonly AuthorizationRequest[];

const OPERATIONS: ReadonlyMap<string, Requests> = new Map<string, Requests>([
  ["CreatePresignedDomainUrl", (profile, tagsOf) => [presignRequest(profile, tagsOf)]],
  ["DescribeUserProfile", (profile, tagsOf) => [requestOn(profile, "DescribeUserProfile", tagsOf)]],
  ["CreateUserProfile", createRequests],
]);

/** Operations that make, show and open a user's profile: by its ARN, with every condition. */
export function profileCheck({ evaluator, tagsOf }: ProfileCheckOptions): AuthorizationCheck {
  return {
    appliesTo: ({ operation }) => OPERATIONS.has(operation),
    async authorize(call, caller) {
      const input = jsonObject(call.body) ?? {};
      const profile = profileOf(call, input);
      if (!profile) return [];
      const requests = OPERATIONS.get(call.operation)?.(profile, tagsOf, input) ?? [];
      const origin = originOf(call);
      return await Promise.all(
        requests.map((request) =>
          evaluator.evaluate(
            // SageMaker itself asks whether the role may be passed, so no endpoint's policy is evaluated for it.
            request.action.startsWith("iam:") ? { ...origin, endpoint: undefined } : origin,
            caller,
            request,
          ),
        ),
      );
    },
  };
}

/** The authorization request when a URL is created, and again on every request that uses the URL. */
export function presignRequest(profile: Profile, tagsOf: ResourceTags): AuthorizationRequest {
  return requestOn(profile, "CreatePresignedDomainUrl", tagsOf);
}

function requestOn(profile: Profile, operation: string, tagsOf: ResourceTags): AuthorizationRequest {
  const resource = arnOf(profile);
  const context: RequestContext = tagKeys(["aws", "sagemaker"], tagsOf(resource));
  return { action: `sagemaker:${operation}`, resource, context };
}

/**
 * The profile itself; its tags, for which SageMaker asks in the caller's name; and the role that the profile names.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
function createRequests(
  profile: Profile,
  _: ResourceTags,
  input: JsonObject,
): readonly AuthorizationRequest[] {
  const resource = arnOf(profile);
  const tags = (Array.isArray(input["Tags"]) ? input["Tags"] : []) as { Key: string; Value: string }[];
  const { ExecutionRole: role, SecurityGroups: groups } = (input["UserSettings"] ?? {}) as {
    readonly ExecutionRole?: string;
    readonly SecurityGroups?: readonly string[];
  };
  const requestTags: RequestContext = {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(tags.length > 0 && { "aws:TagKeys": tags.map(({ Key }) => Key) }),
  };
  return [
    {
      action: "sagemaker:CreateUserProfile",
      resource,
      context: { ...requestTags, ...(groups && { "sagemaker:VpcSecurityGroupIds": groups }) },
    },
    ...(tags.length === 0
      ? []
      : [
          {
            action: "sagemaker:AddTags",
            resource,
            context: { ...requestTags, "sagemaker:TaggingAction": "CreateUserProfile" },
          },
        ]),
    ...(role === undefined
      ? []
      : [
          {
            action: "iam:PassRole",
            resource: role,
            context: { "iam:PassedToService": "sagemaker.amazonaws.com" },
          },
        ]),
  ];
}

function arnOf({ account, region, domainId, userProfileName }: Profile): string {
  return `arn:aws:sagemaker:${region}:${account}:user-profile/${domainId}/${userProfileName}`;
}

/** @returns undefined for a call without a domain or profile, which SageMaker itself refuses */
function profileOf({ account, region }: AwsCall, input: JsonObject): Profile | undefined {
  const domainId = input["DomainId"];
  const userProfileName = input["UserProfileName"];
  if (typeof domainId !== "string" || typeof userProfileName !== "string") return undefined;
  return { account, region, domainId, userProfileName };
}
