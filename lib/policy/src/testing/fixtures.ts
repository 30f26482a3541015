import { parsePolicy, type Policy } from "../document";
import type { PolicyKind } from "../kinds";
import type { RoleSession, User } from "../principal";

/** The line of business that the examples act in. */
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

/** A policy of the newer version, named after its kind. */
export function policyOf(kind: PolicyKind, statement: Statements, name = `the ${kind} policy`): Policy {
  return parsePolicy({ Version: "2012-10-17", Statement: statement }, { name, kind });
}

/** What a call throws, so that a test can look at the fault's fields. */
export function faultOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
