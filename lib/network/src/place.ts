/** A network interface in a VPC: what a call made from inside the network starts from. */
export interface NetworkPlace {
  readonly account: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** What stands there, for messages: `function access-presign`, `vantage lob-a`. */
  readonly name: string;
}

/** How a call reached AWS's front door. Becomes aws:SourceVpce, aws:SourceVpc and aws:VpcSourceIp. */
export interface EndpointPath {
  readonly vpcEndpointId: string;
  readonly vpcId: string;
  readonly sourceIp: string;
}
