import type { RequestContext } from "@studio-access/policy";

import type { AwsCall } from "../server/call";
import type { PresignedUrlRecord, ResourceTags } from "../server/data-plane";
import type { Check } from "./check";
import { wayOf } from "./circumstances";
import { jsonObject } from "./json-body";
import { tagKeys, type Judge, type Question } from "./judge";

export interface PresignCheckOptions {
  readonly judge: Pick<Judge, "request">;
  readonly tagsOf: ResourceTags;
}

type Profile = Pick<PresignedUrlRecord, "account" | "region" | "domainId" | "userProfileName">;

/** sagemaker:CreatePresignedDomainUrl, when a URL is made. */
export function presignCheck({ judge, tagsOf }: PresignCheckOptions): Check {
  return {
    concerns: ({ operation }) => operation === "CreatePresignedDomainUrl",
    async judge(call, caller) {
      const profile = profileOf(call);
      if (!profile) return [];
      return [await judge.request(wayOf(call), caller, presignQuestion(profile, tagsOf))];
    },
  };
}

/** What is asked when a URL is made, and again of every request that uses it. */
export function presignQuestion(profile: Profile, tagsOf: ResourceTags): Question {
  const { account, region, domainId, userProfileName } = profile;
  const resource = `arn:aws:sagemaker:${region}:${account}:user-profile/${domainId}/${userProfileName}`;
  const context: RequestContext = tagKeys(["aws", "sagemaker"], tagsOf(resource));
  return { action: "sagemaker:CreatePresignedDomainUrl", resource, context };
}

/** @returns undefined for a call that SageMaker itself refuses, since it names no profile */
function profileOf({ body, account, region }: AwsCall): Profile | undefined {
  const input = jsonObject(body);
  const domainId = input?.["DomainId"];
  const userProfileName = input?.["UserProfileName"];
  if (typeof domainId !== "string" || typeof userProfileName !== "string") return undefined;
  return { account, region, domainId, userProfileName };
}
