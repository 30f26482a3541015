import { SIGN_IN_PROFILE_TAG, USER_SESSION_TAG } from "@studio-access/shared-types";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { PROFILE_MAKER_ROLE, type LineOfBusiness } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument, policyVariable } from "../constructs/policy-document";
import { noneOfBlocked } from "./blocked-users";
import { trustOfPresign } from "./presign-trust";

export interface ProfileMakerRoleProps extends AccountContext {
  readonly lob: LineOfBusiness;
  readonly domainId: string;
  /** Endpoint of the SageMaker API, through which the presign function calls. */
  readonly apiEndpointId: string;
  /** The one security group that the domain's apps run in. */
  readonly securityGroupId: string;
}

/**
 * The role that the presign function assumes when a person of the LOB's groups signs in for the first time. It makes the
 * profile of the user that the session is tagged with, through the central endpoint alone, and cannot change or open one.
 *
 * Terraform's own profiles have the tags of every resource; one made at a sign-in has the one tag that says so, and no other.
 * The profile names no role, so that no PassRole is needed: the domain's own settings hold for it.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export class ProfileMakerRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ProfileMakerRoleProps) {
    super(scope, id);
    const { provider, lob, names } = props;
    const role = new IamRole(this, "Role", {
      provider,
      name: names.of(lob.name, PROFILE_MAKER_ROLE),
      path: names.rolePath,
      description: `Studio Access: makes Studio profiles of ${lob.name} at the first sign-in`,
      maxSessionDuration: 3600,
      assumeRolePolicy: trustOfPresign(props),
    });
    this.arn = role.arn;
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "make-profile",
      policy: makePolicy(props),
    });
  }
}

function makePolicy({
  config,
  lob,
  domainId,
  apiEndpointId,
  securityGroupId,
}: ProfileMakerRoleProps): string {
  const profiles = `arn:aws:sagemaker:${config.region}:${lob.account.id}:user-profile/${domainId}`;
  const Resource = `${profiles}/${policyVariable(`aws:PrincipalTag/${USER_SESSION_TAG}`)}`;
  const throughHub = { "aws:SourceVpce": apiEndpointId };
  const { Key, Value } = SIGN_IN_PROFILE_TAG;
  const tagged = { [`aws:RequestTag/${Key}`]: Value };
  const noOtherTag = { "aws:TagKeys": [Key] };
  return policyDocument(
    {
      Sid: "MakeProfileOfTheTaggedUser",
      Effect: "Allow",
      Action: "sagemaker:CreateUserProfile",
      Resource,
      Condition: {
        StringEquals: { ...throughHub, ...tagged },
        // The second holds where the call names no group, as the presign function's does not.
        "ForAllValues:StringEquals": { ...noOtherTag, "sagemaker:VpcSecurityGroupIds": [securityGroupId] },
      },
    },
    // Asked by SageMaker itself for the tag of the call above; TaggingAction is there in no other call.
    {
      Sid: "TagWhatIsMade",
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource,
      Condition: {
        StringEquals: tagged,
        "ForAllValues:StringEquals": noOtherTag,
        Null: { "sagemaker:TaggingAction": "false" },
      },
    },
    {
      Sid: "SeeProfileOfTheTaggedUser",
      Effect: "Allow",
      Action: "sagemaker:DescribeUserProfile",
      Resource,
      Condition: { StringEquals: throughHub },
    },
    ...noneOfBlocked(lob, "sagemaker:CreateUserProfile", profiles),
  );
}
