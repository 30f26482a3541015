import type { Config, OnPremiseConfig } from "@studio-access/config";
import { asList, statementsOf } from "./testing/policies";
import {
  localConfig,
  object,
  synthApp,
  text,
  type Json,
  type SynthesizedResource,
} from "./testing/synth-app";

const OPERATOR_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const OPERATOR_CIDR = "203.0.113.7/32";

const without: Config = { ...localConfig(), onPremise: null };

function entered(entry: OnPremiseConfig["entry"]): Config {
  return { ...without, onPremise: { cidr: "192.168.10.0/24", entry } };
}

const bySession = entered({ kind: "session-manager" });
const byBastion = entered({ kind: "bastion", publicKey: OPERATOR_KEY, operatorCidr: OPERATOR_CIDR });

function simulator(config: Config): readonly SynthesizedResource[] {
  return synthApp(config).get("on-premise")?.resources ?? [];
}

function ofType(
  resources: readonly SynthesizedResource[],
  ...types: string[]
): readonly SynthesizedResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** Path of the construct that an attribute refers to, without the stack's name. */
function pathOf(resources: readonly SynthesizedResource[], reference: Json | undefined): string {
  const address = /^\$\{([^.]+\.[^.]+)\./.exec(text(reference))?.[1];
  return resources.find((resource) => resource.address === address)?.path ?? text(reference);
}

/** The hub's route table is known by reference to its stack alone. */
function tableOf(resources: readonly SynthesizedResource[], reference: Json | undefined): string {
  return text(reference).includes("input-networking.outputs") ? "hub" : pathOf(resources, reference);
}

function rules(resources: readonly SynthesizedResource[], direction: "ingress" | "egress"): unknown[] {
  return ofType(resources, `aws_vpc_security_group_${direction}_rule`).map(({ body }) => [
    pathOf(resources, body["security_group_id"]),
    body["ip_protocol"],
    body["from_port"],
    body["to_port"],
    body["cidr_ipv4"] ?? pathOf(resources, body["referenced_security_group_id"]),
  ]);
}

const CLIENT_GROUP = "on-premise/Desktop/SecurityGroup";
const BASTION_GROUP = "on-premise/Bastion/SecurityGroup";
const BROWSING = [
  [CLIENT_GROUP, "tcp", 443, 443, "0.0.0.0/0"],
  [CLIENT_GROUP, "tcp", 80, 80, "0.0.0.0/0"],
];

describe("the simulator", () => {
  it("is the last stack, and there only where the config asks for it", () => {
    expect([...synthApp(bySession).keys()]).toEqual(["networking", "access", "lob-a", "lob-b", "on-premise"]);
    expect([...synthApp(without).keys()]).toEqual(["networking", "access", "lob-a", "lob-b"]);
  });

  it("changes nothing in the other stacks but their outputs for it, and the route to its range", () => {
    const told = new Set<string>();
    const before = synthApp(without);
    for (const [name, { resources, json }] of synthApp(byBastion)) {
      if (name === "on-premise") continue;
      // Without the simulator its range is a corporate network like others, which the hub answers through the gateway.
      const others = before
        .get(name)
        ?.resources.filter(({ path }) => path !== "networking/Hub/RouteTo-192.168.10.0--24");
      expect(resources).toEqual(others);
      const known = Object.keys(object(before.get(name)?.json["output"]));
      for (const output of Object.keys(object(json["output"]))) if (!known.includes(output)) told.add(name);
    }
    expect([...told]).toEqual(["networking", "access"]);
  });

  it("is entered by Session Manager where the config names no way in", () => {
    const unsaid = synthApp({ ...without, onPremise: { cidr: "192.168.10.0/24" } });
    expect(unsaid.get("on-premise")?.text).toBe(synthApp(bySession).get("on-premise")?.text);
  });
});

describe.each([
  ["by Session Manager", bySession],
  ["through a bastion", byBastion],
])("the simulator, entered %s,", (_name, config) => {
  const stack = synthApp(config).get("on-premise")!;
  const { resources, json } = stack;

  it("keeps its addresses", () => {
    expect(resources.map(({ address }) => address).sort()).toMatchSnapshot();
  });

  it("keeps its outputs, each with a description", () => {
    const outputs = object(json["output"]);
    expect(Object.keys(outputs).sort()).toEqual([
      "client_instance_id",
      "shell_command",
      "tunnel_command",
      "vpc_id",
    ]);
    for (const output of Object.values(outputs)) expect(object(output)["description"]).toMatch(/\.$/);
  });

  it("names its provider on every resource, which leads to the shared-services account alone", () => {
    const aws = resources.filter(({ type }) => type.startsWith("aws_"));
    expect(aws.length).toBeGreaterThan(30);
    expect(new Set(aws.map(({ body }) => body["provider"]))).toEqual(new Set(["aws.shared_services"]));
    const providers = object(json["provider"])["aws"] as readonly Json[];
    expect(providers.map((provider) => object(provider)["allowed_account_ids"])).toEqual([["111111111111"]]);
  });

  it("lets its client browse, and nothing but that out of it", () => {
    const out = rules(resources, "egress").filter((rule) => (rule as Json[])[0] === CLIENT_GROUP);
    expect(out).toEqual(BROWSING);
  });

  it("defines no rule inside of a security group, and empties the default one", () => {
    const groups = ofType(resources, "aws_security_group", "aws_default_security_group");
    expect(groups.filter(({ body }) => "ingress" in body || "egress" in body)).toEqual([]);
    expect(ofType(resources, "aws_default_security_group")).toHaveLength(1);
  });

  it("describes its groups and rules in characters that EC2 takes", () => {
    const described = ofType(
      resources,
      "aws_security_group",
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
    );
    expect(described.length).toBeGreaterThan(2);
    // No apostrophe, above all. Source: the API reference of AuthorizeSecurityGroupIngress and CreateSecurityGroup.
    for (const { body } of described)
      expect(body["description"]).toMatch(/^[a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,255}$/);
  });

  it("gives its client no public address, and none to anybody who does not ask", () => {
    const [client] = ofType(resources, "aws_instance").filter(({ path }) => path.includes("/Desktop/"));
    expect(client?.body["associate_public_ip_address"]).toBe(false);
    expect(pathOf(resources, client?.body["subnet_id"])).toBe("on-premise/Network/Subnet-private-euw1-az1");
    expect(ofType(resources, "aws_subnet").filter(({ body }) => "map_public_ip_on_launch" in body)).toEqual(
      [],
    );
    expect(ofType(resources, "aws_eip").map(({ path }) => path)).toEqual(["on-premise/Network/NatAddress"]);
  });

  it("asks every instance's metadata for a token, and encrypts every disk with its own key", () => {
    for (const { body } of ofType(resources, "aws_instance")) {
      expect(body["metadata_options"]).toEqual({
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
      });
      expect(body["root_block_device"]).toMatchObject({ encrypted: true, volume_type: "gp3" });
      const disk = object(body["root_block_device"]);
      expect(pathOf(resources, disk["kms_key_id"])).toBe("on-premise/DataKey/Key");
    }
  });

  it("encrypts its flow logs", () => {
    expect(
      ofType(resources, "aws_cloudwatch_log_group").map(({ body }) => pathOf(resources, body["kms_key_id"])),
    ).toEqual(["on-premise/DataKey/Key"]);
    expect(ofType(resources, "aws_flow_log").map(({ body }) => pathOf(resources, body["vpc_id"]))).toEqual([
      "on-premise/Network/Vpc",
    ]);
  });

  it("starts its client when the internet and the permission to register are there", () => {
    const [client] = ofType(resources, "aws_instance").filter(({ path }) => path.includes("/Desktop/"));
    const needs = (client?.body["depends_on"] as string[]).map((address) =>
      pathOf(resources, `\${${address}.id}`),
    );
    expect(needs).toEqual(
      expect.arrayContaining([
        "on-premise/Network/PrivateToInternet",
        "on-premise/Network/RouteTableAssociation-private-euw1-az1",
        "on-premise/Desktop/SessionManager/Policy",
      ]),
    );
  });

  it("routes both ways through a peering that it accepts itself", () => {
    expect(ofType(resources, "aws_vpc_peering_connection").map(({ body }) => body["auto_accept"])).toEqual([
      true,
    ]);
    const routes = ofType(resources, "aws_route").map(({ body }) => [
      tableOf(resources, body["route_table_id"]),
      body["destination_cidr_block"],
      pathOf(resources, body["vpc_peering_connection_id"] ?? body["nat_gateway_id"] ?? body["gateway_id"]),
    ]);
    expect(routes).toEqual(
      expect.arrayContaining([
        ["on-premise/Network/Routes-private", "10.0.0.0/16", "on-premise/HubPeering/Peering"],
        ["on-premise/Network/Routes-public", "10.0.0.0/16", "on-premise/HubPeering/Peering"],
        ["hub", "192.168.10.0/24", "on-premise/HubPeering/Peering"],
        ["on-premise/Network/Routes-private", "0.0.0.0/0", "on-premise/Network/Nat"],
        ["on-premise/Network/Routes-public", "0.0.0.0/0", "on-premise/Network/InternetGateway"],
      ]),
    );
    expect(routes).toHaveLength(5);
  });

  it("knows the names of Studio, of SageMaker's API and of our API, and no other", () => {
    const zones = ofType(resources, "aws_route53_zone_association").map(({ path, body }) => [
      path,
      pathOf(resources, body["vpc_id"]),
      text(body["zone_id"]),
    ]);
    expect(zones).toEqual([
      [
        "on-premise/HubPeering/Zone-api",
        "on-premise/Network/Vpc",
        expect.stringMatching(/input-access\.outputs\..*ApiZone/),
      ],
      [
        "on-premise/HubPeering/Zone-sagemaker-api",
        "on-premise/Network/Vpc",
        expect.stringMatching(/input-networking\.outputs\..*Zone-sagemaker-api/),
      ],
      [
        "on-premise/HubPeering/Zone-studio",
        "on-premise/Network/Vpc",
        expect.stringMatching(/input-networking\.outputs\..*Zone-studio/),
      ],
    ]);
  });

  it("grants no action by wildcard, nor AWS's own policies, and all resources only for the session's channels", () => {
    expect(resources.filter(({ type }) => type.endsWith("policy_attachment"))).toEqual([]);
    const allows = statementsOf(resources).filter(({ kind }) => kind !== "trust");
    expect(allows.length).toBeGreaterThan(3);
    for (const { where, kind, statement } of allows) {
      const wild = asList(statement.Action).filter((action) => action.includes("*"));
      expect({ where, wild, not: statement.NotAction }).toEqual({ where, wild: [], not: undefined });
      if (kind === "identity" && statement.Sid !== "SessionChannels")
        expect({ where, resource: asList(statement.Resource) }).not.toEqual({ where, resource: ["*"] });
    }
  });

  it("lets its client register with Session Manager and hold its channels, and nothing else", () => {
    const actions = statementsOf(resources)
      .filter(({ where, kind }) => kind === "identity" && where.includes("Desktop_SessionManager"))
      .flatMap(({ statement }) => asList(statement.Action));
    expect(actions).toEqual([
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });
});

describe("without a bastion", () => {
  const resources = simulator(bySession);

  it("nothing may connect to anything", () => {
    expect(rules(resources, "ingress")).toEqual([]);
    expect(rules(resources, "egress")).toEqual(BROWSING);
  });

  it("there is one instance, and no key", () => {
    expect(ofType(resources, "aws_instance", "aws_key_pair").map(({ path }) => path)).toEqual([
      "on-premise/Desktop/Client/Instance",
    ]);
  });

  it("the way in is a port forwarded by Session Manager", () => {
    expect(tunnel(bySession)).toMatch(
      /^aws ssm start-session --region eu-west-1 --target \$\{aws_instance\.Desktop_\w+\.id\} --document-name AWS-StartPortForwardingSession /,
    );
  });
});

describe("a bastion", () => {
  const resources = simulator(byBastion);

  it("takes SSH from the operator alone, and passes remote desktop on to the client alone", () => {
    expect(rules(resources, "ingress")).toEqual([
      [CLIENT_GROUP, "tcp", 3389, 3389, BASTION_GROUP],
      [BASTION_GROUP, "tcp", 22, 22, OPERATOR_CIDR],
    ]);
    const out = rules(resources, "egress").filter((rule) => (rule as Json[])[0] === BASTION_GROUP);
    expect(out).toEqual([[BASTION_GROUP, "tcp", 3389, 3389, CLIENT_GROUP]]);
  });

  it("is the only instance with a public address and with the operator's key, and has no role", () => {
    const keyed = ofType(resources, "aws_instance").map(({ path, body }) => [
      path,
      body["associate_public_ip_address"],
      pathOf(resources, body["key_name"]),
      pathOf(resources, body["iam_instance_profile"]),
    ]);
    expect(keyed).toEqual([
      ["on-premise/Bastion/Host/Instance", true, "on-premise/Bastion/OperatorKey", ""],
      ["on-premise/Desktop/Client/Instance", false, "", "on-premise/Desktop/SessionManager/Profile"],
    ]);
    expect(ofType(resources, "aws_key_pair").map(({ body }) => body["public_key"])).toEqual([OPERATOR_KEY]);
  });

  it("is passed without lending it the operator's keys", () => {
    expect(tunnel(byBastion)).toMatch(
      /^ssh -N -L 13389:\$\{aws_instance\.Desktop_\w+\.private_ip\}:3389 ec2-user@\$\{aws_instance\.Bastion_\w+\.public_ip\}$/,
    );
  });
});

function tunnel(config: Config): string {
  const outputs = object(synthApp(config).get("on-premise")?.json["output"]);
  return text(object(outputs["tunnel_command"])["value"]);
}
