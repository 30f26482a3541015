import { parsePolicy, type Policy } from "../document";
import type { PolicyKind } from "../kinds";
import type { RoleSession, User } from "../principal";

/** The account of the line of business in the examples. */
export const ACCOUNT = "111111111111";
export const OTHER_ACCOUNT = "222222222222";

export const PRESIGN = "sagemaker:CreatePresignedDomainUrl";

export function profileArn(user: string, account = ACCOUNT): string {
  return `arn:aws:sagemaker:eu-west-1:${account}:user-profile/d-abc/${user}`;
}

export const accessSession: RoleSession = {
  type: "role_session",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/studio/access`,
  sessionName: "alice",
  roleId: "AROAEXAMPLE",
  tags: { user: "alice" },
};

export const ACCESS_SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/access/alice`;

export const alice: User = { type: "user", arn: `arn:aws:iam::${ACCOUNT}:user/alice`, userId: "AIDAEXAMPLE" };

type Statements = object | readonly object[];

/** A policy of version 2012-10-17, named after its kind. */
export function policyOf(kind: PolicyKind, statement: Statements, name = `the ${kind} policy`): Policy {
  return parsePolicy({ Version: "2012-10-17", Statement: statement }, { name, kind });
}

/** Returns the error that a call throws, so that a test can compare its fields. */
export function faultOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
