import { USER_SESSION_TAG } from "@studio-access/shared-types";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { ACCESS_ROLE, blockedProfilesOf, PRESIGN_ROLE, type LineOfBusiness } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument, policyVariable, type Statement } from "../constructs/policy-document";

export interface AccessRoleProps extends AccountContext {
  readonly lob: LineOfBusiness;
  readonly domainId: string;
  /** Endpoints of the SageMaker API and of Studio: checked when a URL is made, and again whenever it is used. */
  readonly endpointIds: readonly string[];
}

/**
 * The role that the presign function assumes in the LOB's account. It has one action, on the profile of the user that
 * the session is tagged with, through the central endpoints alone.
 */
export class AccessRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AccessRoleProps) {
    super(scope, id);
    const { provider, lob, names } = props;
    const role = new IamRole(this, "Role", {
      provider,
      name: names.of(lob.name, ACCESS_ROLE),
      path: names.rolePath,
      description: `Studio Access: presigns Studio URLs of ${lob.name}`,
      maxSessionDuration: 3600,
      assumeRolePolicy: trustPolicy(props),
    });
    this.arn = role.arn;
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "presign",
      policy: presignPolicy(props),
    });
  }
}

function trustPolicy({ config, names }: AccessRoleProps): string {
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

function presignPolicy({ config, lob, domainId, endpointIds }: AccessRoleProps): string {
  const tag = `aws:PrincipalTag/${USER_SESSION_TAG}`;
  const profiles = `arn:aws:sagemaker:${config.region}:${lob.account.id}:user-profile/${domainId}`;
  const presign = { Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl" } as const;
  const throughHub = { StringEquals: { "aws:SourceVpce": endpointIds } };
  return policyDocument(
    {
      Sid: "PresignForTheTaggedUser",
      ...presign,
      Resource: `${profiles}/${policyVariable(tag)}`,
      Condition: throughHub,
    },
    // The role's trust admits tagged sessions alone. AWS asks again whenever the URL is used, and does not document whether
    // the tag is there then. The session policy, which the URL keeps, names the one profile.
    {
      Sid: "PresignWhereTheTagIsNotSent",
      ...presign,
      Resource: `${profiles}/*`,
      Condition: { ...throughHub, Null: { [tag]: "true" } },
    },
    ...noUrlForBlocked(profiles, lob),
  );
}

/**
 * By resource, since AWS asks this policy at every request of a session, and does not document whether the tag is there
 * then: a session that is open ends at its next request.
 */
function noUrlForBlocked(profiles: string, lob: LineOfBusiness): readonly Statement[] {
  const blocked = blockedProfilesOf(lob);
  if (blocked.length === 0) return [];
  return [
    {
      Sid: "NoUrlForBlockedUsers",
      Effect: "Deny",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: blocked.map((user) => `${profiles}/${user}`),
    },
  ];
}
