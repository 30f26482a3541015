import { CONFIGS } from "./testing/configs";
import {
  allResources,
  localConfig,
  synthApp,
  text,
  type Json,
  type SynthesizedResource,
} from "./testing/synth-app";

const config = localConfig();
const stacks = synthApp(config);
const resources = allResources(stacks);

function ofType(...types: string[]): readonly SynthesizedResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

function addresses(found: readonly SynthesizedResource[]): string[] {
  return found.map(({ stack, address }) => `${stack}/${address}`);
}

describe.each(CONFIGS)("the network %s", (_name, config) => {
  const resources = allResources(synthApp(config));
  const ofType = (...types: string[]): readonly SynthesizedResource[] =>
    resources.filter(({ type }) => types.includes(type));

  it("has no way to the internet", () => {
    expect(
      addresses(
        ofType("aws_internet_gateway", "aws_nat_gateway", "aws_eip", "aws_egress_only_internet_gateway"),
      ),
    ).toEqual([]);
    expect(
      addresses(ofType("aws_subnet").filter(({ body }) => body["map_public_ip_on_launch"] === true)),
    ).toEqual([]);
    expect(ofType("aws_subnet")).toHaveLength(8 + 4 * config.linesOfBusiness.length);
  });

  it("opens no security group to everyone, in or out", () => {
    const rules = ofType("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule");
    expect(rules.length).toBeGreaterThan(10);
    for (const { stack, address, body } of rules) {
      expect({
        where: `${stack}/${address}`,
        open: /\/[0-7]$/.test(text(body["cidr_ipv4"])),
      }).toEqual({
        where: `${stack}/${address}`,
        open: false,
      });
      expect(body["ip_protocol"]).not.toBe("-1");
    }
    expect(
      addresses(ofType("aws_security_group").filter(({ body }) => "ingress" in body || "egress" in body)),
    ).toEqual([]);
  });

  it("empties the default security group of every VPC", () => {
    const emptied = ofType("aws_default_security_group");
    expect(emptied).toHaveLength(ofType("aws_vpc").length);
    expect(addresses(emptied.filter(({ body }) => "ingress" in body || "egress" in body))).toEqual([]);
  });

  it("logs the flows of every VPC", () => {
    expect(
      ofType("aws_flow_log")
        .map(({ stack, body }) => `${stack} ${text(body["vpc_id"])}`)
        .sort(),
    ).toEqual(
      ofType("aws_vpc")
        .map(({ stack, address }) => `${stack} \${${address}.id}`)
        .sort(),
    );
  });

  it("lets no VPC ask for other names than those on its list", () => {
    const vpcs = ofType("aws_vpc").map(({ stack, address }) => `${stack} \${${address}.id}`);
    const of = (attribute: string) => (resource: SynthesizedResource) =>
      `${resource.stack} ${text(resource.body[attribute])}`;
    expect(ofType("aws_route53_resolver_firewall_rule_group_association").map(of("vpc_id")).sort()).toEqual(
      vpcs.sort(),
    );
    const closed = ofType("aws_route53_resolver_firewall_config");
    expect(closed.map(of("resource_id")).sort()).toEqual(vpcs.sort());
    expect(new Set(closed.map(({ body }) => body["firewall_fail_open"]))).toEqual(new Set(["DISABLED"]));
    for (const { stack } of ofType("aws_vpc")) {
      const inStack = (type: string): SynthesizedResource[] =>
        ofType(`aws_route53_resolver_firewall_${type}`).filter((resource) => resource.stack === stack);
      expect(inStack("rule").map(({ body }) => body)).toEqual([
        expect.objectContaining({
          action: "ALLOW",
          priority: 100,
          firewall_domain_list_id: expect.stringContaining("AllowedNames") as string,
          firewall_domain_redirection_action: "TRUST_REDIRECTION_DOMAIN",
        }),
        expect.objectContaining({
          action: "BLOCK",
          block_response: "NODATA",
          priority: 200,
          firewall_domain_list_id: expect.stringContaining("AllNames") as string,
        }),
      ]);
      const domains = (name: string): string[] =>
        inStack("domain_list").find(({ path }) => path.endsWith(`/${name}`))?.body["domains"] as string[];
      const allowed = domains("AllowedNames");
      expect(domains("AllNames")).toEqual(["*."]);
      // Two labels at least, so that nobody can register a domain below.
      expect(allowed.filter((domain) => !/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\.$/.test(domain))).toEqual([]);
      expect(new Set(allowed).size).toBe(allowed.length);
    }
  });

  it("logs the queries of every VPC, encrypted and for as long as the config says", () => {
    const vpcs = ofType("aws_vpc").map(({ stack, address }) => `${stack} \${${address}.id}`);
    const associations = ofType("aws_route53_resolver_query_log_config_association");
    expect(associations.map(({ stack, body }) => `${stack} ${text(body["resource_id"])}`).sort()).toEqual(
      vpcs.sort(),
    );
    const groups = ofType("aws_cloudwatch_log_group").filter(({ path }) => path.includes("/DnsQueryLog/"));
    expect(groups).toHaveLength(vpcs.length);
    for (const { stack, address, body } of groups) {
      expect(body).toMatchObject({
        retention_in_days: config.logRetentionDays,
        kms_key_id: expect.stringContaining("aws_kms_key") as string,
      });
      const inStack = (type: string): SynthesizedResource[] =>
        ofType(type).filter((resource) => resource.stack === stack);
      expect(
        inStack("aws_route53_resolver_query_log_config").map(({ body }) => body["destination_arn"]),
      ).toEqual([`\${${address}.arn}`]);
      const [delivery] = inStack("aws_cloudwatch_log_resource_policy");
      expect(text(delivery?.body["policy_document"])).toContain(`\${${address}.arn}:log-stream:*`);
    }
  });

  it("keeps the Transit Gateway from associating, propagating or accepting anything by itself", () => {
    const made = ofType("aws_ec2_transit_gateway").filter(({ address }) => !address.startsWith("data."));
    expect(made.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        auto_accept_shared_attachments: "disable",
        default_route_table_association: "disable",
        default_route_table_propagation: "disable",
      }),
    ]);
  });

  it("attaches a line of business only when its account sees the gateway, and by an id that no plan forgets", () => {
    const attachments = ofType("aws_ec2_transit_gateway_vpc_attachment").filter(({ stack }) =>
      stack.startsWith("lob-"),
    );
    expect(attachments.length).toBe(config.linesOfBusiness.length);
    for (const { stack, body } of attachments) {
      const [seen] = ofType("aws_ec2_transit_gateway").filter((one) => one.stack === stack);
      expect(body["depends_on"]).toEqual([seen?.address]);
      expect(seen?.body["depends_on"]).toEqual(
        expect.arrayContaining([expect.stringMatching(/^aws_ram_/), expect.stringMatching(/-attachment-/)]),
      );
      expect(seen?.body["provider"]).toBe(body["provider"]);
      expect(body["transit_gateway_id"]).not.toContain("data.aws_ec2_transit_gateway");
    }
  });

  it("leaves to other stacks the VPCs that they associate with a zone", () => {
    for (const { body } of ofType("aws_route53_zone")) {
      expect(body["lifecycle"]).toEqual({ ignore_changes: ["vpc"] });
    }
  });

  it("places subnets by zone id, which means the same zone in every account", () => {
    for (const { body } of ofType("aws_subnet")) {
      expect(body["availability_zone_id"]).toMatch(/^euw1-az[12]$/);
      expect(body["availability_zone"]).toBeUndefined();
    }
  });

  it("describes security groups in the characters that EC2 takes", () => {
    // No apostrophe, above all. Source: the API reference of CreateSecurityGroup and AuthorizeSecurityGroupIngress.
    const described = ofType(
      "aws_security_group",
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
    );
    for (const { body } of described) {
      expect(text(body["description"])).toMatch(/^[a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });
});

describe("the network", () => {
  it("routes to named ranges only, never to everywhere", () => {
    const routes = ofType("aws_route");
    expect(routes.map(({ body }) => body["destination_cidr_block"]).sort()).toEqual(
      ["10.0.0.0/16", "10.0.0.0/16", "10.0.0.0/16", "10.17.0.0/16", "10.96.0.0/11", "192.168.10.0/24"].sort(),
    );
  });

  it("lets nothing but TLS into the central endpoints", () => {
    const rules = ofType("aws_vpc_security_group_ingress_rule").filter(({ path }) =>
      path.startsWith("networking/Endpoints/"),
    );
    expect(
      rules.map(({ body }) => [body["cidr_ipv4"], body["ip_protocol"], body["from_port"], body["to_port"]]),
    ).toEqual([
      ["10.17.0.0/16", "tcp", 443, 443],
      ["10.96.0.0/11", "tcp", 443, 443],
      ["192.168.10.0/24", "tcp", 443, 443],
    ]);
  });

  it("lets the spokes learn the hub alone, and the hub learn every spoke", () => {
    const table = (value: Json | undefined): string =>
      text(value).includes("Hub_RouteTable-Spokes") ? "spokes" : "hub";
    const edges = (type: string): string[] =>
      ofType(type).map(({ stack, body }) => `${stack} ${table(body["transit_gateway_route_table_id"])}`);
    expect(edges("aws_ec2_transit_gateway_route_table_association")).toEqual([
      "networking hub",
      "access spokes",
      "lob-a spokes",
      "lob-b spokes",
    ]);
    expect(edges("aws_ec2_transit_gateway_route_table_propagation")).toEqual([
      "networking spokes",
      "access hub",
      "lob-a hub",
      "lob-b hub",
    ]);
  });

  it("associates every central zone with every line of business, and with the access VPC what its function calls", () => {
    const central = ofType("aws_route53_zone").filter(({ stack }) => stack === "networking");
    expect(central.map(({ body }) => body["name"]).sort()).toEqual(
      [
        "api.ecr.eu-west-1.amazonaws.com",
        "api.sagemaker.eu-west-1.amazonaws.com",
        "dkr.ecr.eu-west-1.amazonaws.com",
        "kms.eu-west-1.amazonaws.com",
        "logs.eu-west-1.amazonaws.com",
        "runtime.sagemaker.eu-west-1.amazonaws.com",
        "sts.eu-west-1.amazonaws.com",
        "studio.eu-west-1.sagemaker.aws",
      ].sort(),
    );
    const zones = (stack: string): string[] =>
      ofType("aws_route53_zone_association")
        .filter((association) => association.stack === stack)
        .map(({ path }) => path.split("/Zone-")[1] ?? "")
        .sort();
    const all = central.map(({ path }) => path.split("/Zone-")[1] ?? "").sort();
    expect(zones("lob-a")).toEqual(all);
    expect(zones("lob-b")).toEqual(all);
    expect(zones("access")).toEqual(["sagemaker-api", "sts"]);
  });

  it("resolves in each VPC the names of what it reaches, and no others", () => {
    const allowed = (stack: string, of = config): string[] => {
      const [list] = allResources(synthApp(of)).filter(
        (resource) => resource.stack === stack && resource.path.endsWith("/DnsFirewall/AllowedNames"),
      );
      return (list?.body["domains"] as string[]).map((name) => name.replace(/\.$/, "")).sort();
    };
    const central = [
      "*.dkr.ecr.eu-west-1.amazonaws.com",
      "*.studio.eu-west-1.sagemaker.aws",
      "api.ecr.eu-west-1.amazonaws.com",
      "api.sagemaker.eu-west-1.amazonaws.com",
      "kms.eu-west-1.amazonaws.com",
      "logs.eu-west-1.amazonaws.com",
      "runtime.sagemaker.eu-west-1.amazonaws.com",
      "sts.eu-west-1.amazonaws.com",
    ];
    const data = [
      "*.efs.eu-west-1.amazonaws.com",
      "*.s3.eu-west-1.amazonaws.com",
      "s3.eu-west-1.amazonaws.com",
    ];
    const function_ = ["api.sagemaker", "dynamodb", "sts"].map((name) => `${name}.eu-west-1.amazonaws.com`);
    expect(allowed("networking")).toEqual([...central, "*.execute-api.eu-west-1.amazonaws.com"].sort());
    expect(allowed("access")).toEqual(function_);
    expect(allowed("lob-a")).toEqual([...central, ...data].sort());

    const network = {
      ...config.network,
      dnsFirewall: { allowedDomains: ["data.example.com"] },
      resolver: {
        inbound: true,
        outboundRules: [{ domain: "corp.example.com", targetIps: ["192.168.10.53"] }],
      },
    };
    const wider = { ...config, network };
    const own = ["*.data.example.com", "data.example.com"];
    expect(allowed("lob-a", wider)).toEqual([...central, ...data, ...own].sort());
    expect(allowed("access", wider)).toEqual(function_);
    const forwarded = ["*.corp.example.com", "corp.example.com"];
    expect(allowed("networking", wider)).toEqual(
      [...central, "*.execute-api.eu-west-1.amazonaws.com", ...own, ...forwarded].sort(),
    );
  });

  it("answers in private zones for this API's name, not for all of execute-api", () => {
    const names = ofType("aws_route53_zone").map(({ body }) => text(body["name"]));
    expect(names.filter((name) => name.includes("execute-api"))).toEqual([
      "${aws_api_gateway_rest_api.Api_RestApi_88175D59.id}.execute-api.eu-west-1.amazonaws.com",
    ]);
  });
});
