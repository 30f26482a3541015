import {
  CreateUserProfileCommand,
  DescribeUserProfileCommand,
  ResourceInUse,
  ResourceLimitExceeded,
  ResourceNotFound,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { type LobRecord, SIGN_IN_PROFILE_TAG } from "@studio-access/shared-types";
import type { PresignRequest } from "./presign-request";
import type { ProfileMaker, ProfileState } from "./presign";
import { Refused } from "./refusal";
import { sageMakerFor, type SessionOptions } from "./session";
import { upstreamRefusal } from "./upstream";

const ACTIONS = ["sagemaker:CreateUserProfile", "sagemaker:DescribeUserProfile", "sagemaker:AddTags"];

/**
 * Adapter over STS and SageMaker, by the role that makes profiles. A profile names no role of its own: the domain's
 * default execution role holds for it, so nothing is passed.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html
 */
export class AssumedRoleProfileMaker implements ProfileMaker {
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async make(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<ProfileState> {
    const roleArn = lob.PROFILE_MAKER_ROLE_ARN;
    if (roleArn === undefined) throw new Refused("upstream_error", "lob_record_invalid");
    const session = { request, lob, roleArn, actions: ACTIONS, service: "profile_maker" } as const;
    const client = await sageMakerFor(session, this.#options, signal);
    const profile = { DomainId: lob.DOMAIN_ID, UserProfileName: request.userName };
    const command = new CreateUserProfileCommand({ ...profile, Tags: [SIGN_IN_PROFILE_TAG] });
    try {
      await client.send(command, { abortSignal: signal });
      return "begun";
    } catch (error) {
      // Of two first sign-ins at the same moment, one finds the other's profile; so does a repeated call.
      if (error instanceof ResourceInUse) return stateOf(profile, client, signal);
      if (error instanceof ResourceLimitExceeded)
        throw new Refused("profile_limit_reached", "profile_limit_reached");
      throw upstreamRefusal("profile_maker", error);
    }
  }
}

async function stateOf(
  profile: { readonly DomainId: string; readonly UserProfileName: string },
  client: SageMakerClient,
  signal: AbortSignal,
): Promise<ProfileState> {
  try {
    const command = new DescribeUserProfileCommand(profile);
    const { Status = "" } = await client.send(command, { abortSignal: signal });
    if (Status.toLowerCase().endsWith("failed")) return "failed";
    return Status === "InService" ? "ready" : "pending";
  } catch (error) {
    // It was deleted just now: the next request makes another.
    if (error instanceof ResourceNotFound) return "pending";
    throw upstreamRefusal("profile_maker", error);
  }
}
