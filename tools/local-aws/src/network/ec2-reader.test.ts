import { NO_FACTS, NotModelled, reach, type NetworkFacts, type Source } from "@studio-access/network";
import { childrenOf, descendant, parseXml } from "../server/xml";
import { readEc2 } from "./ec2-reader";

const HOST = "sts.eu-west-1.amazonaws.com";
const open = (egress: boolean): string =>
  `<item><ruleNumber>100</ruleNumber><protocol>-1</protocol><ruleAction>allow</ruleAction><egress>${String(egress)}</egress>
  <cidrBlock>0.0.0.0/0</cidrBlock></item>`;

/** What EC2 answers of one VPC with an endpoint for STS, a function's subnet and the endpoint's. */
const ANSWERS: Readonly<Record<string, string>> = {
  DescribeVpcs: `<vpcSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><dhcpOptionsId>dopt-1</dhcpOptionsId></item></vpcSet>`,
  DescribeDhcpOptions: `<dhcpOptionsSet><item><dhcpOptionsId>dopt-1</dhcpOptionsId><dhcpConfigurationSet><item>
    <key>domain-name-servers</key><valueSet><item><value>AmazonProvidedDNS</value></item></valueSet></item></dhcpConfigurationSet>
    </item></dhcpOptionsSet>`,
  enableDnsSupport: `<enableDnsSupport><value>true</value></enableDnsSupport>`,
  enableDnsHostnames: `<enableDnsHostnames><value>true</value></enableDnsHostnames>`,
  DescribeNetworkAcls: `<networkAclSet><item><networkAclId>acl-1</networkAclId>
    <associationSet><item><subnetId>subnet-1</subnetId></item></associationSet>
    <entrySet>${open(true)}${open(false)}</entrySet></item></networkAclSet>`,
  DescribeSubnets: ["subnet-1", "subnet-2"]
    .map(
      (
        id,
        index,
      ) => `<item><subnetId>${id}</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0.${index}.0/24</cidrBlock>
      <availabilityZone>eu-west-1a</availabilityZone></item>`,
    )
    .join("")
    .replace(/^(.*)$/s, "<subnetSet>$1</subnetSet>"),
  DescribeRouteTables: `<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>
    <associationSet><item><main>true</main></item></associationSet>
    <routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId></item></routeSet></item></routeTableSet>`,
  DescribeSecurityGroups: `<securityGroupInfo><item><groupId>sg-1</groupId><vpcId>vpc-1</vpcId><groupName>default</groupName>
    <ipPermissions><item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>10.0.0.0/16</cidrIp></item></ipRanges></item></ipPermissions>
    <ipPermissionsEgress/></item></securityGroupInfo>`,
  DescribeVpcEndpoints: `<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId><vpcId>vpc-1</vpcId>
    <vpcEndpointType>Interface</vpcEndpointType><serviceName>com.amazonaws.eu-west-1.sts</serviceName><state>available</state>
    <privateDnsEnabled>true</privateDnsEnabled><subnetIdSet><item>subnet-2</item></subnetIdSet>
    <groupSet><item><groupId>sg-1</groupId></item></groupSet></item></vpcEndpointSet>`,
};

async function outcome(change: Readonly<Record<string, (answer: string) => string>>): Promise<string> {
  const ec2 = await readEc2("111111111111", (action, set, parameters) => {
    const name = parameters?.["Attribute"] ?? action;
    const answer = ANSWERS[name] ?? `<${set}/>`;
    const root = parseXml(`<answer>${change[name]?.(answer) ?? answer}</answer>`);
    const list = descendant(root, set);
    return Promise.resolve(list ? [...childrenOf(list, "item"), ...childrenOf(list, "value")] : []);
  });
  const facts: NetworkFacts = { ...NO_FACTS, ...ec2, region: "eu-west-1" };
  const place = {
    account: "111111111111",
    vpcId: "vpc-1",
    subnetIds: ["subnet-1"],
    securityGroupIds: [],
    name: "machine",
  };
  const source: Source = { kind: "vpc", place, subnets: "any" };
  try {
    const answer = reach(facts, source, HOST);
    return answer.reached ? "reached" : answer.reason;
  } catch (error) {
    if (error instanceof NotModelled) return error.message;
    throw error;
  }
}

describe("the data plane of a VPC as EC2 describes it", () => {
  const replace = (from: string | RegExp, to: string) => (answer: string) => answer.replace(from, to);

  it.each<[string, Parameters<typeof outcome>[0], string]>([
    ["connects where nothing forbids it", {}, "reached"],
    [
      "refuses an endpoint that is pending",
      { DescribeVpcEndpoints: replace("available", "pending") },
      "the endpoint is not available",
    ],
    [
      "resolves nothing without enableDnsSupport",
      { enableDnsSupport: replace("true", "false") },
      "enableDnsSupport is off",
    ],
    [
      "has no private DNS without enableDnsHostnames",
      { enableDnsHostnames: replace("true", "false") },
      "no route to the internet",
    ],
    [
      "refuses what a network ACL denies",
      { DescribeNetworkAcls: replace("allow", "deny") },
      "the network ACL of subnet-1",
    ],
    [
      "does not know other name servers",
      { DescribeDhcpOptions: replace("AmazonProvidedDNS", "10.9.9.9") },
      "its name servers are 10.9.9.9",
    ],
    [
      "does not know IPv6",
      {
        enableDnsHostnames: replace("true", "false"),
        DescribeRouteTables: replace(
          "<routeSet>",
          "<routeSet><item><destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId></item>",
        ),
      },
      "IPv6 is not modelled",
    ],
  ])("%s", async (_, change, expected) => {
    expect(await outcome(change)).toContain(expected);
  });
});
