/** The network interfaces of a function, an app or a machine in a VPC: where its connections start. */
export interface NetworkPlace {
  readonly account: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** What runs there, for messages: `function access-presign`, `vantage lob-a`. */
  readonly name: string;
}

/** The VPC endpoint that a call came through: aws:SourceVpce, aws:SourceVpc and aws:VpcSourceIp. */
export interface EndpointPath {
  readonly vpcEndpointId: string;
  readonly vpcId: string;
  readonly sourceIp: string;
}
