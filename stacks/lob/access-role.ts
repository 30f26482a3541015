import { USER_SESSION_TAG } from "@studio-access/shared-types";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { ACCESS_ROLE, type LineOfBusiness } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument, policyVariable } from "../constructs/policy-document";
import { noneOfBlocked } from "./blocked-users";
import { trustOfPresign } from "./presign-trust";

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
      assumeRolePolicy: trustOfPresign(props),
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
    ...noneOfBlocked(lob, "sagemaker:CreatePresignedDomainUrl", profiles),
  );
}
