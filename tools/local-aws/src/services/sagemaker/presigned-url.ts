import { randomBytes } from "node:crypto";

import { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";
import type { PresignedUrlSink } from "../../server/data-plane";
import { integerIn, optionalText, type StudioInput } from "./studio-input";
import type { StudioResource } from "./studio-store";

/** AWS's limits and defaults of the URL's and the session's lifetime in seconds. */
const URL_SECONDS = { min: 5, max: 300, default: 300 };
const SESSION_SECONDS = { min: 1800, max: 43_200, default: 43_200 };

const LANDING_URI_MAX = 1023;

/**
 * CreatePresignedDomainUrl. The URL's token is opaque: the sink that gets the record handles its use.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html
 */
export function createPresignedDomainUrl(
  call: AwsCall,
  input: StudioInput,
  place: {
    readonly domain: StudioResource;
    readonly profile: StudioResource;
    readonly sink: PresignedUrlSink;
  },
): object {
  const { domain, profile, sink } = place;
  const urlSeconds = integerIn(input, "ExpiresInSeconds", URL_SECONDS);
  const sessionSeconds = integerIn(input, "SessionExpirationDurationInSeconds", SESSION_SECONDS);
  const landingUri = optionalText(input, "LandingUri");
  if (landingUri !== undefined && landingUri.length > LANDING_URI_MAX) {
    throw new AwsError("ValidationException", `LandingUri is longer than ${LANDING_URI_MAX} characters.`);
  }
  if (domain.fields["AuthMode"] !== "IAM") {
    throw new AwsError("ValidationException", `Domain [${domain.domainId}] does not use IAM authentication.`);
  }
  // AWS documents the refusal for a profile that is not there, and none for one that is being made.
  if (profile.status !== "InService") {
    throw new AwsError(
      "ValidationException",
      `UserProfile [${profile.name}] is in status ${profile.status}.`,
    );
  }
  const token = randomBytes(32).toString("base64url");
  sink.issued({
    token,
    account: call.account,
    region: call.region,
    domainId: domain.domainId,
    userProfileName: profile.name,
    expiresAt: new Date(Date.now() + urlSeconds * 1000),
    sessionSeconds,
    landingUri,
    spaceName: optionalText(input, "SpaceName"),
    accessKeyId: call.accessKeyId,
    endpoint: call.endpoint,
  });
  return { AuthorizedUrl: `${String(domain.fields["Url"])}/auth?token=${token}` };
}
