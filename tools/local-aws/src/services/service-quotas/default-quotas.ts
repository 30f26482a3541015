/** A quota with AWS's default value. */
export interface DefaultQuota {
  readonly ServiceCode: string;
  readonly QuotaCode: string;
  readonly QuotaName: string;
  readonly Value: number;
  readonly Adjustable: boolean;
}

/**
 * The quotas that Studio Access reads, with AWS's default values.
 *
 * Sources: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html,
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html (their links carry the codes)
 */
export const DEFAULT_QUOTAS: readonly DefaultQuota[] = [
  quota("vpc", "L-F678F1CE", "VPCs per Region", 5),
  quota("vpc", "L-29B6F2EB", "Interface VPC endpoints per VPC", 50),
  quota("vpc", "L-0EA8095F", "Inbound or outbound rules per security group", 60),
  quota("ec2", "L-E0233F82", "Attachments per transit gateway", 5000),
  quota("ec2", "L-43872EB7", "Transit gateway route tables per transit gateway", 20),
];

function quota(ServiceCode: string, QuotaCode: string, QuotaName: string, Value: number): DefaultQuota {
  return { ServiceCode, QuotaCode, QuotaName, Value, Adjustable: true };
}
