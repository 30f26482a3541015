import {
  CreatePresignedDomainUrlCommand,
  ResourceNotFound,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, type Credentials, type STSClient } from "@aws-sdk/client-sts";
import { type LobRecord, USER_SESSION_TAG } from "@studio-access/shared-types";
import type { PresignRequest } from "./presign-request";
import { partitionOf } from "./lob-record";
import type { Studio } from "./presign";
import { Refused } from "./refusal";
import { upstreamRefusal } from "./upstream";

/** What SDK clients take. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface StudioOptions {
  readonly sts: STSClient;
  /** Makes a client that acts with these credentials, in our region. */
  readonly sageMakerAs: (credentials: SessionCredentials) => SageMakerClient;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  readonly sessionExpiresSeconds: number;
}

/** Shortest that STS gives, in seconds. */
const ROLE_SESSION_SECONDS = 900;

/** Studio's home page. */
const LANDING_URI = "studio::";

/** Narrows the access role, which may presign for its whole domain, to one profile. */
export function sessionPolicy(userName: string, lob: LobRecord, region: string): string {
  const domain = `arn:${partitionOf(lob.ROLE_ARN)}:sagemaker:${region}:${lob.ACCOUNT_ID}:user-profile/${lob.DOMAIN_ID}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl", Resource: `${domain}/${userName}` },
    ],
  });
}

function sessionCredentials(credentials: Credentials | undefined): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Refused("upstream_error", "sts_error");
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Adapter over STS and SageMaker. */
export class AssumedRoleStudio implements Studio {
  readonly #options: StudioOptions;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  async presign(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<string> {
    const client = this.#options.sageMakerAs(await this.#assumeFor(request, lob, signal));
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

  /** A session that can do one thing for one user, and says in the LOB's CloudTrail who asked for it. */
  async #assumeFor(
    request: PresignRequest,
    lob: LobRecord,
    signal: AbortSignal,
  ): Promise<SessionCredentials> {
    const { userName, sessionName } = request;
    const command = new AssumeRoleCommand({
      RoleArn: lob.ROLE_ARN,
      RoleSessionName: sessionName,
      SourceIdentity: sessionName,
      Tags: [{ Key: USER_SESSION_TAG, Value: userName }],
      Policy: sessionPolicy(userName, lob, this.#options.region),
      DurationSeconds: ROLE_SESSION_SECONDS,
    });
    try {
      const answer = await this.#options.sts.send(command, { abortSignal: signal });
      return sessionCredentials(answer.Credentials);
    } catch (error) {
      throw error instanceof Refused ? error : upstreamRefusal("sts", error);
    }
  }
}
