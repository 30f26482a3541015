import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, type Credentials, type STSClient } from "@aws-sdk/client-sts";
import { type LobRecord, USER_SESSION_TAG } from "@studio-access/shared-types";
import { partitionOf } from "./lob-record";
import type { PresignRequest } from "./presign-request";
import { Refused, type Service } from "./refusal";
import { upstreamRefusal } from "./upstream";

/** What SDK clients take. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface SessionOptions {
  readonly sts: STSClient;
  /** Makes a client that acts with these credentials, in our region. */
  readonly sageMakerAs: (credentials: SessionCredentials) => SageMakerClient;
  readonly region: string;
}

/** In whose name a role of a line of business is assumed, and for what. */
export interface SessionRequest {
  readonly request: PresignRequest;
  readonly lob: LobRecord;
  readonly roleArn: string;
  /** All that the session can do, on the user's own profile alone. */
  readonly actions: readonly string[];
  /** Whose failures they are in the log. */
  readonly service: Service;
}

/** Shortest that STS gives, in seconds. */
const ROLE_SESSION_SECONDS = 900;

/** Narrows a role, which may act on its whole domain, to one profile. */
export function sessionPolicy(
  { request, lob, roleArn, actions }: Omit<SessionRequest, "service">,
  region: string,
): string {
  const domain = `arn:${partitionOf(roleArn)}:sagemaker:${region}:${lob.ACCOUNT_ID}:user-profile/${lob.DOMAIN_ID}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: `${domain}/${request.userName}` }],
  });
}

/**
 * SageMaker, in a session that can do these things for one user, and says in the LOB's CloudTrail who asked for it.
 *
 * @throws {Refused} where the role cannot be assumed
 */
export async function sageMakerFor(
  session: SessionRequest,
  { sts, sageMakerAs, region }: SessionOptions,
  signal: AbortSignal,
): Promise<SageMakerClient> {
  const { userName, sessionName } = session.request;
  const command = new AssumeRoleCommand({
    RoleArn: session.roleArn,
    RoleSessionName: sessionName,
    SourceIdentity: sessionName,
    Tags: [{ Key: USER_SESSION_TAG, Value: userName }],
    Policy: sessionPolicy(session, region),
    DurationSeconds: ROLE_SESSION_SECONDS,
  });
  try {
    const answer = await sts.send(command, { abortSignal: signal });
    return sageMakerAs(credentialsOf(answer.Credentials, session.service));
  } catch (error) {
    throw error instanceof Refused ? error : upstreamRefusal(session.service, error);
  }
}

function credentialsOf(credentials: Credentials | undefined, service: Service): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken)
    throw new Refused("upstream_error", `${service}_error`);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
