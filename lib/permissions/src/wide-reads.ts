/** Reads that AWS authorizes on every resource or none, in the account of every stack. */
export const WIDE_EVERYWHERE = [
  "ec2:DescribeFlowLogs",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribePrefixLists",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroupRules",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTransitGatewayVpcAttachments",
  "ec2:DescribeTransitGateways",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "kms:ListAliases",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "ram:GetResourceShares",
  "route53:ListHostedZonesByVPC",
  "route53resolver:GetResolverQueryLogConfigAssociation",
  "route53resolver:ListFirewallConfigs",
  "sts:GetCallerIdentity",
] as const;

/** The same in the shared-services account alone. */
export const WIDE_IN_SHARED_SERVICES = [
  "cognito-idp:DescribeUserPoolDomain",
  "ec2:DescribeAddresses",
  "ec2:DescribeAddressesAttribute",
  "ec2:DescribeInstanceCreditSpecifications",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeNatGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeTags",
  "ec2:DescribeTransitGatewayRouteTables",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:GetTransitGatewayRouteTableAssociations",
  "ec2:GetTransitGatewayRouteTablePropagations",
  "ram:GetResourceShareAssociations",
] as const;

/** The same where a Route 53 Profile shares the zones: what the shared-services account has of it. */
export const WIDE_OF_PROFILE = [
  "route53profiles:GetProfile",
  "route53profiles:GetProfileResourceAssociation",
  "route53profiles:ListTagsForResource",
] as const;

/** The same: what a line of business has of it. */
export const WIDE_OF_PROFILE_IN_LOBS = [
  "route53profiles:GetProfileAssociation",
  "route53profiles:ListTagsForResource",
] as const;

/** The same in the account of a line of business alone: what is shared with it. */
export const WIDE_IN_LOBS = ["ram:GetResourceShareInvitations", "ram:ListResources"] as const;
