import { DataAwsPrefixList } from "@cdktf/provider-aws/lib/data-aws-prefix-list";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

import type { Config, LineOfBusiness } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument, type Statement } from "../constructs/policy-document";
import type { PrivateVpc } from "../constructs/private-vpc";

/** Reading from the buckets outside of the LOB's account that the config lists. */
export function readOnlyBuckets(
  { network: { readableBuckets = [] } }: Pick<Config, "network">,
  more: Partial<Statement> = {},
): readonly Statement[] {
  if (readableBuckets.length === 0) return [];
  const arns = readableBuckets.map((name) => `arn:aws:s3:::${name}`);
  const read = { Effect: "Allow", ...more } as const;
  return [
    { Sid: "ReadListedBuckets", ...read, Action: "s3:GetObject", Resource: arns.map((arn) => `${arn}/*`) },
    {
      Sid: "FindInListedBuckets",
      ...read,
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: arns,
    },
  ];
}

export interface StudioNetworkProps extends AccountContext {
  readonly lob: LineOfBusiness;
  readonly vpc: PrivateVpc;
}

/** What Studio's apps may talk to: each other, the hub's endpoints, and S3 through the VPC's own gateway endpoint. */
export class StudioNetwork extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: StudioNetworkProps) {
    super(scope, id);
    const { provider, config, lob, names, vpc } = props;
    const name = names.of(lob.name, "studio");
    const group = new SecurityGroup(this, "SecurityGroup", {
      provider,
      vpcId: vpc.id,
      name,
      description: "Studio apps",
      tags: { Name: name },
    });
    this.securityGroupId = group.id;
    this.#amongApps(provider);

    const tls = { provider, securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new VpcSecurityGroupEgressRule(this, "TlsToHub", {
      ...tls,
      cidrIpv4: config.network.hubCidr,
      description: "TLS to the central endpoints",
    });
    new VpcSecurityGroupEgressRule(this, "TlsToS3", {
      ...tls,
      prefixListId: this.#s3(props),
      description: "TLS to S3 through its gateway endpoint",
    });
  }

  /**
   * NFS to the home directories, and the ports that apps and kernels use among themselves.
   *
   * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
   */
  #amongApps(provider: AwsProvider): void {
    const ports = { Nfs: [2049, 2049], Apps: [8192, 65535] } as const;
    for (const [name, [fromPort, toPort]] of Object.entries(ports)) {
      const rule = {
        provider,
        securityGroupId: this.securityGroupId,
        referencedSecurityGroupId: this.securityGroupId,
        ipProtocol: "tcp",
        fromPort,
        toPort,
        description: `${name} among Studio apps`,
      };
      new VpcSecurityGroupIngressRule(this, `${name}In`, rule);
      new VpcSecurityGroupEgressRule(this, `${name}Out`, rule);
    }
  }

  /** @returns id of S3's prefix list */
  #s3({ provider, config, lob, names, vpc }: StudioNetworkProps): string {
    const serviceName = `com.amazonaws.${config.region}.s3`;
    new VpcEndpoint(this, "S3", {
      provider,
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName,
      routeTableIds: [vpc.privateRouteTableId],
      policy: policyDocument(
        {
          Sid: "BucketsOfThisAccount",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceAccount": lob.account.id } },
        },
        {
          // Image layers lie in a bucket of AWS's own.
          Sid: "ImageLayers",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::prod-${config.region}-starport-layer-bucket/*`,
          Condition: { StringEquals: { "aws:PrincipalAccount": lob.account.id } },
        },
        ...readOnlyBuckets(config, {
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": lob.account.id } },
        }),
      ),
      tags: { Name: names.of(lob.name, "s3") },
    });
    return new DataAwsPrefixList(this, "S3Prefixes", { provider, name: serviceName }).id;
  }
}
