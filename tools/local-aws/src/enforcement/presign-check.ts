import type { RequestContext } from "@studio-access/policy";

import type { AwsCall } from "../server/call";
import type { PresignedUrlRecord, ResourceTags } from "../server/data-plane";
import type { AuthorizationCheck } from "./authorization-check";
import { originOf } from "./request-context";
import { jsonObject } from "./json-body";
import { tagKeys, type PolicyEvaluator, type AuthorizationRequest } from "./policy-evaluator";

export interface PresignCheckOptions {
  readonly evaluator: Pick<PolicyEvaluator, "evaluate">;
  readonly tagsOf: ResourceTags;
}

type Profile = Pick<PresignedUrlRecord, "account" | "region" | "domainId" | "userProfileName">;

/** sagemaker:CreatePresignedDomainUrl, when a URL is created. */
export function presignCheck({ evaluator, tagsOf }: PresignCheckOptions): AuthorizationCheck {
  return {
    appliesTo: ({ operation }) => operation === "CreatePresignedDomainUrl",
    async authorize(call, caller) {
      const profile = profileOf(call);
      if (!profile) return [];
      return [await evaluator.evaluate(originOf(call), caller, presignRequest(profile, tagsOf))];
    },
  };
}

/** The authorization request when a URL is created, and again on every request that uses the URL. */
export function presignRequest(profile: Profile, tagsOf: ResourceTags): AuthorizationRequest {
  const { account, region, domainId, userProfileName } = profile;
  const resource = `arn:aws:sagemaker:${region}:${account}:user-profile/${domainId}/${userProfileName}`;
  const context: RequestContext = tagKeys(["aws", "sagemaker"], tagsOf(resource));
  return { action: "sagemaker:CreatePresignedDomainUrl", resource, context };
}

/** @returns undefined for a call without a domain or profile, which SageMaker itself refuses */
function profileOf({ body, account, region }: AwsCall): Profile | undefined {
  const input = jsonObject(body);
  const domainId = input?.["DomainId"];
  const userProfileName = input?.["UserProfileName"];
  if (typeof domainId !== "string" || typeof userProfileName !== "string") return undefined;
  return { account, region, domainId, userProfileName };
}
