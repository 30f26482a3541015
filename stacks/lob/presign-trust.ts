import { USER_SESSION_TAG } from "@studio-access/shared-types";

import { PRESIGN_ROLE } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument } from "../constructs/policy-document";

/** Trust of a role that the presign function assumes in the name of one user. */
export function trustOfPresign({ config, names }: Pick<AccountContext, "config" | "names">): string {
  const presignRole = names.roleArn(config.sharedServices.id, PRESIGN_ROLE);
  // The account and a condition, not the role as principal: IAM stores such a principal as the role's unique id, and
  // re-creating the role would break the trust without any error.
  const presignOnly = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${config.sharedServices.id}:root` },
  } as const;
  const fromPresign = {
    ArnEquals: { "aws:PrincipalArn": presignRole },
    ...(config.organizationId === null
      ? {}
      : { StringEquals: { "aws:PrincipalOrgID": config.organizationId } }),
  };
  return policyDocument(
    {
      Sid: "PresignFunctionForOneUser",
      ...presignOnly,
      Action: "sts:AssumeRole",
      Condition: {
        ...fromPresign,
        Null: { [`aws:RequestTag/${USER_SESSION_TAG}`]: "false", "sts:SourceIdentity": "false" },
      },
    },
    {
      Sid: "PresignFunctionNamesUser",
      ...presignOnly,
      Action: ["sts:SetSourceIdentity", "sts:TagSession"],
      Condition: fromPresign,
    },
  );
}
