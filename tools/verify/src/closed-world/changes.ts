/** Actions that change who may do what, on which resources, and what whoever has them can thereby do. */
export interface Change {
  readonly actions: readonly string[];
  /** Type of the resources of ours that they change. */
  readonly type?: string;
  /** In place of a type: an ARN of what they would create. `ACCOUNT` in it is the role's account. */
  readonly anything?: string;
  readonly thereby: string;
}

function change(service: string, names: string, of: Omit<Change, "actions">): Change {
  return { actions: names.split(" ").map((name) => `${service}:${name}`), ...of };
}

const NEW = "arn:aws:iam::ACCOUNT:user/anything";

export const CHANGES: readonly Change[] = [
  change(
    "iam",
    "PutRolePolicy AttachRolePolicy DeleteRolePolicy DetachRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary",
    { type: "aws_iam_role", thereby: "decides what that role may do" },
  ),
  change("iam", "UpdateAssumeRolePolicy", { type: "aws_iam_role", thereby: "is that role" }),
  change("iam", "PassRole", { type: "aws_iam_role", thereby: "runs code of its own as that role" }),
  change("sts", "AssumeRoleWithSAML AssumeRoleWithWebIdentity", {
    type: "aws_iam_role",
    thereby: "is that role",
  }),
  change("iam", "CreatePolicyVersion SetDefaultPolicyVersion DeletePolicyVersion", {
    type: "aws_iam_policy",
    thereby: "decides what every role with that policy may do",
  }),
  change("iam", "CreateRole CreateInstanceProfile AddRoleToInstanceProfile CreateServiceLinkedRole", {
    anything: "arn:aws:iam::ACCOUNT:role/anything",
    thereby: "makes a role that the proofs do not know",
  }),
  change(
    "iam",
    "CreateUser CreateAccessKey CreateLoginProfile UpdateLoginProfile PutUserPolicy AttachUserPolicy AddUserToGroup PutGroupPolicy AttachGroupPolicy",
    { anything: NEW, thereby: "makes a user that the proofs do not know" },
  ),
  change("iam", "CreatePolicy CreateOpenIDConnectProvider CreateSAMLProvider UpdateSAMLProvider", {
    anything: NEW,
    thereby: "makes identities that the proofs do not know",
  }),
  change("iam", "AddClientIDToOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint", {
    type: "aws_iam_openid_connect_provider",
    thereby: "decides whose tokens are trusted",
  }),
  change(
    "lambda",
    "UpdateFunctionCode UpdateFunctionConfiguration AddPermission PublishVersion UpdateAlias CreateFunctionUrlConfig UpdateFunctionUrlConfig PutFunctionEventInvokeConfig InvokeFunction InvokeAsync",
    { type: "aws_lambda_function", thereby: "runs code as that function's role, or makes it answer others" },
  ),
  change("lambda", "CreateFunction CreateEventSourceMapping", {
    anything: "arn:aws:lambda:*:ACCOUNT:function:anything",
    thereby: "runs code that the proofs do not know",
  }),
  change(
    "cognito-idp",
    "AdminCreateUser AdminSetUserPassword AdminResetUserPassword AdminUpdateUserAttributes AdminInitiateAuth AdminAddUserToGroup UpdateUserPool UpdateUserPoolClient CreateUserPoolClient CreateIdentityProvider UpdateIdentityProvider SetUserPoolMfaConfig",
    { type: "aws_cognito_user_pool", thereby: "signs in as any user" },
  ),
  change(
    "kms",
    "PutKeyPolicy CreateGrant RetireGrant RevokeGrant ScheduleKeyDeletion DisableKey UpdateAlias ReplicateKey",
    { type: "aws_kms_key", thereby: "decides who decrypts with that key" },
  ),
  change(
    "s3",
    "PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutBucketPublicAccessBlock PutBucketOwnershipControls PutEncryptionConfiguration PutReplicationConfiguration PutAccountPublicAccessBlock PutAccessPointPolicy",
    { type: "aws_s3_bucket", thereby: "decides who reads that bucket" },
  ),
  change(
    "dynamodb",
    "PutItem UpdateItem DeleteItem BatchWriteItem PartiQLInsert PartiQLUpdate PartiQLDelete PutResourcePolicy DeleteResourcePolicy UpdateTable DeleteTable RestoreTableToPointInTime ImportTable",
    { type: "aws_dynamodb_table", thereby: "decides whose Studio a user gets" },
  ),
  change("apigateway", "PATCH PUT POST DELETE UpdateRestApiPolicy SetWebACL", {
    type: "aws_api_gateway_rest_api",
    thereby: "decides what the API serves, and to whom",
  }),
  change(
    "apigateway",
    "PATCH DELETE UpdateDomainNamePolicy UpdateDomainNameManagementPolicy CreateAccessAssociation",
    { type: "aws_api_gateway_domain_name", thereby: "decides what the name that people open leads to" },
  ),
  change("sagemaker", "UpdateDomain DeleteDomain CreateUserProfile UpdateUserProfile DeleteUserProfile", {
    type: "aws_sagemaker_domain",
    thereby: "decides as which role apps run",
  }),
  change(
    "sagemaker",
    "CreateNotebookInstance CreateTrainingJob CreateProcessingJob CreatePresignedNotebookInstanceUrl CreateStudioLifecycleConfig",
    {
      anything: "arn:aws:sagemaker:*:ACCOUNT:anything/anything",
      thereby: "runs code that the proofs do not know",
    },
  ),
  change(
    "ec2",
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress",
    { type: "aws_security_group", thereby: "decides what that group lets through" },
  ),
  change("ec2", "CreateRoute ReplaceRoute AssociateRouteTable ReplaceRouteTableAssociation", {
    type: "aws_route_table",
    thereby: "leads traffic elsewhere",
  }),
  change("ec2", "ModifyVpcEndpoint", {
    type: "aws_vpc_endpoint",
    thereby: "decides whom that endpoint lets through",
  }),
  change(
    "ec2",
    "CreateVpcPeeringConnection AcceptVpcPeeringConnection CreateInternetGateway AttachInternetGateway CreateNatGateway CreateVpcEndpoint AcceptTransitGatewayVpcAttachment CreateTransitGatewayRoute CreateTransitGatewayVpcAttachment EnableTransitGatewayRouteTablePropagation RunInstances",
    { anything: "arn:aws:ec2:*:ACCOUNT:vpc/anything", thereby: "makes a way out of the network" },
  ),
  change("route53", "ChangeResourceRecordSets AssociateVPCWithHostedZone CreateVPCAssociationAuthorization", {
    type: "aws_route53_zone",
    thereby: "leads names elsewhere",
  }),
  change(
    "route53resolver",
    "UpdateFirewallConfig UpdateFirewallDomains UpdateFirewallRule DeleteFirewallRule DisassociateFirewallRuleGroup CreateResolverRule AssociateResolverRule",
    { anything: "arn:aws:route53resolver:*:ACCOUNT:anything/anything", thereby: "leads names elsewhere" },
  ),
  change(
    "route53profiles",
    "AssociateProfile AssociateResourceToProfile DisassociateProfile DisassociateResourceFromProfile DeleteProfile PutProfilePolicy UpdateProfileResourceAssociation",
    { anything: "arn:aws:route53profiles:*:ACCOUNT:profile/anything", thereby: "leads names elsewhere" },
  ),
  change("ram", "AssociateResourceShare UpdateResourceShare CreateResourceShare", {
    anything: "arn:aws:ram:*:ACCOUNT:resource-share/anything",
    thereby: "shares what is ours",
  }),
  change("cloudformation", "CreateStack UpdateStack CreateChangeSet ExecuteChangeSet", {
    anything: "arn:aws:cloudformation:*:ACCOUNT:stack/anything/anything",
    thereby: "makes whatever a template says",
  }),
  change("ssm", "SendCommand StartAutomationExecution StartSession", {
    anything: "arn:aws:ec2:*:ACCOUNT:instance/anything",
    thereby: "runs code on a machine",
  }),
  change("organizations", "UpdatePolicy DetachPolicy LeaveOrganization", {
    anything: "arn:aws:organizations::ACCOUNT:policy/anything",
    thereby: "lifts the Organization's own limits",
  }),
];
