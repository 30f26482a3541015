import type { LobRecord } from "@studio-access/shared-types";
import type { PresignContext } from "../answer";
import type { PresignRequest } from "../presign-request";
import type { PresignEvent } from "../handler";

export const REGION = "eu-west-1";

export const LOB: LobRecord = {
  PK: "lob-a",
  ACCOUNT_ID: "222222222222",
  DOMAIN_ID: "d-abcdef123456",
  ROLE_ARN: "arn:aws:iam::222222222222:role/studio-access/presign",
};

/** The same, where groups give access as well. */
export const GROUP_LOB: LobRecord = {
  ...LOB,
  PROFILE_MAKER_ROLE_ARN: "arn:aws:iam::222222222222:role/studio-access/profile-maker",
};

/** A user who asked by way of the API. */
export const ALICE: PresignRequest = { userName: "alice", sessionName: "alice", groups: [] };

export const STUDIO_ORIGIN = `https://${LOB.DOMAIN_ID}.studio.${REGION}.sagemaker.aws`;

/** What SageMaker answers with. The token stands for the secret that must stay out of the logs. */
export const STUDIO_URL = `${STUDIO_ORIGIN}/auth?token=not-for-the-log`;

/** A request of this user for their own path. */
export function eventOf(userName: string, changes: Partial<PresignEvent> = {}): PresignEvent {
  return {
    headers: { Authorization: "Bearer not-for-the-log-either" },
    pathParameters: { user_id: userName },
    requestContext: { requestId: "request-1", authorizer: { userName } },
    ...changes,
  };
}

export const CONTEXT: PresignContext = { awsRequestId: "lambda-1", getRemainingTimeInMillis: () => 15_000 };
