import { CreatePresignedDomainUrlCommand, ResourceNotFound } from "@aws-sdk/client-sagemaker";
import type { LobRecord } from "@studio-access/shared-types";
import type { PresignRequest } from "./presign-request";
import type { Studio } from "./presign";
import { Refused } from "./refusal";
import { sageMakerFor, type SessionOptions } from "./session";
import { upstreamRefusal } from "./upstream";

export interface StudioOptions extends SessionOptions {
  readonly urlExpiresSeconds: number;
  readonly sessionExpiresSeconds: number;
}

/** Studio's home page. */
const LANDING_URI = "studio::";

/** Adapter over STS and SageMaker, by the access role. */
export class AssumedRoleStudio implements Studio {
  readonly #options: StudioOptions;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  async presign(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<string> {
    const actions = ["sagemaker:CreatePresignedDomainUrl"];
    const session = { request, lob, roleArn: lob.ROLE_ARN, actions, service: "sts" } as const;
    const client = await sageMakerFor(session, this.#options, signal);
    const command = new CreatePresignedDomainUrlCommand({
      DomainId: lob.DOMAIN_ID,
      UserProfileName: request.userName,
      ExpiresInSeconds: this.#options.urlExpiresSeconds,
      SessionExpirationDurationInSeconds: this.#options.sessionExpiresSeconds,
      LandingUri: LANDING_URI,
    });
    try {
      return (await client.send(command, { abortSignal: signal })).AuthorizedUrl ?? "";
    } catch (error) {
      if (error instanceof ResourceNotFound) throw new Refused("studio_not_found", "profile_unknown");
      throw upstreamRefusal("sagemaker", error);
    }
  }
}
