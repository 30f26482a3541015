import { add, all, drop, of, replace, set, type Mutation, type State } from "./mutation";

const FUNCTION = "function studio-access-local-presign";
const CORPORATE = "corporate 192.168.10.0/24";
const TGW = "aws_ec2_transit_gateway";

function transitTable(state: State, name: "Hub" | "Spokes"): string {
  return of(state, ["networking", `${TGW}_route_table`, `RouteTable-${name}`], "id");
}

function attachment(state: State, stack: string): string {
  return of(state, [stack, `${TGW}_vpc_attachment`], "id");
}

function privateTable(state: State, stack: string): string {
  return of(state, [stack, "aws_route_table", "Routes-private"], "id");
}

function dnsName(state: State, endpoint: string): string {
  const [entry] = state.find(({ address }) => address.includes(`Endpoint-${endpoint}_`))?.values[
    "dns_entry"
  ] as {
    readonly dns_name: string;
  }[];
  return entry?.dns_name ?? "";
}

/** Name resolution: private zones, records and the resolver. */
const NAMES: readonly Mutation[] = [
  {
    name: "the access VPC loses the zone of STS",
    change: drop("access", "aws_route53_zone_association", "Zone-sts"),
    cell: ["reach", FUNCTION, "sts"],
  },
  {
    name: "the access VPC loses the zone of the SageMaker API",
    change: drop("access", "aws_route53_zone_association", "Zone-sagemaker-api"),
    cell: ["reach", FUNCTION, "sagemaker-api"],
  },
  {
    name: "a line of business loses the zone of Studio",
    change: drop("lob-a", "aws_route53_zone_association", "Zone-studio"),
    cell: ["reach", "lob-a", "studio"],
  },
  {
    name: "the record of Studio points at the endpoint of STS",
    change: set(["networking", "aws_route53_record", "Record-studio"], (state) => ({
      alias: [{ name: dnsName(state, "sts") }],
    })),
    cell: ["reach", "Studio of lob-a", "studio"],
  },
  {
    name: "the zone of the SageMaker API has no record",
    change: drop("networking", "aws_route53_record", "Record-sagemaker-api"),
    cell: ["reach", FUNCTION, "sagemaker-api"],
  },
  {
    name: "the record of the API points at the endpoint of logs",
    change: set(["access", "aws_route53_record"], (state) => ({ alias: [{ name: dnsName(state, "logs") }] })),
    cell: ["reach", CORPORATE, "api"],
  },
  {
    name: "the zone of the API is not associated with the hub",
    change: set(["access", "aws_route53_zone"], { vpc: [] }),
    cell: ["reach", CORPORATE, "api"],
  },
  {
    name: "the zone of the API is associated with a line of business",
    change: add("lob-a", "aws_route53_zone_association", (state) => ({
      zone_id: of(state, ["access", "aws_route53_zone"], "zone_id"),
      vpc_id: of(state, ["lob-a", "aws_vpc"], "id"),
    })),
    cell: ["reach", "lob-a", "api"],
  },
  {
    name: "a zone for all of execute-api hides every public API",
    change: add("access", "aws_route53_zone", (state) => ({
      zone_id: "ZWHOLE",
      name: "execute-api.eu-west-1.amazonaws.com",
      vpc: [{ vpc_id: of(state, ["lob-a", "aws_vpc"], "id") }],
    })),
    cell: ["reach", "lob-a", "zone execute-api.eu-west-1.amazonaws.com"],
  },
  {
    name: "the resolver takes no DNS over UDP",
    change: drop("networking", "aws_vpc_security_group_ingress_rule", "24-udp"),
    cell: ["reach", CORPORATE, "studio"],
  },
  {
    name: "the resolver is gone",
    change: drop("networking", "aws_route53_resolver_endpoint"),
    cell: ["reach", CORPORATE, "api"],
  },
];

/** The Transit Gateway. */
const TRANSIT: readonly Mutation[] = [
  {
    name: "the spokes' table does not learn the hub",
    change: drop("networking", `${TGW}_route_table_propagation`),
    cell: ["transit", "lob-a", "networking"],
  },
  {
    name: "the hub's table does not learn a line of business",
    change: drop("lob-a", `${TGW}_route_table_propagation`),
    cell: ["transit", "networking", "lob-a"],
  },
  {
    name: "a line of business is associated with no table",
    change: drop("lob-b", `${TGW}_route_table_association`),
    cell: ["transit", "lob-b", "networking"],
  },
  {
    name: "the spokes' table learns a spoke",
    change: add("lob-b", `${TGW}_route_table_propagation`, (state) => ({
      transit_gateway_attachment_id: attachment(state, "lob-b"),
      transit_gateway_route_table_id: transitTable(state, "Spokes"),
    })),
    cell: ["transit", "lob-a", "lob-b"],
  },
  {
    name: "the spokes' table has a static route to a spoke",
    change: add("networking", `${TGW}_route`, (state) => ({
      destination_cidr_block: "10.100.0.0/16",
      transit_gateway_attachment_id: attachment(state, "lob-a"),
      transit_gateway_route_table_id: transitTable(state, "Spokes"),
    })),
    cell: ["transit", "lob-b", "lob-a"],
  },
  {
    name: "a spoke is associated with the hub's table",
    change: set(["lob-a", `${TGW}_route_table_association`], (state) => ({
      transit_gateway_route_table_id: transitTable(state, "Hub"),
    })),
    cell: ["transit", "lob-a", "lob-b"],
  },
  {
    name: "the attachment of a line of business is not accepted",
    change: drop("lob-a", `${TGW}_vpc_attachment_accepter`),
    cell: ["reach", "lob-a", "sts"],
  },
];

/** Routes of the VPCs. */
const ROUTES: readonly Mutation[] = [
  {
    name: "a line of business has no route to the hub",
    change: drop("lob-a", "aws_route"),
    cell: ["reach", "Studio of lob-a", "sagemaker-api"],
  },
  {
    name: "the access VPC's route to the hub is a blackhole",
    change: set(["access", "aws_route"], { state: "blackhole" }),
    cell: ["reach", FUNCTION, "sts"],
  },
  {
    name: "the hub has no route back to the lines of business",
    change: drop("networking", "aws_route", "109600--11"),
    cell: ["reach", "lob-a", "sts"],
  },
  {
    name: "the hub has no route back to the access VPC",
    change: drop("networking", "aws_route", "101700--16"),
    cell: ["reach", FUNCTION, "sagemaker-api"],
  },
  {
    name: "a line of business has a NAT gateway",
    change: add("lob-a", "aws_route", (state) => ({
      route_table_id: privateTable(state, "lob-a"),
      destination_cidr_block: "0.0.0.0/0",
      nat_gateway_id: "nat-0added",
    })),
    cell: ["reach", "lob-a", "elsewhere"],
  },
  {
    name: "the hub has an internet gateway",
    change: add("networking", "aws_route", (state) => ({
      route_table_id: privateTable(state, "networking"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "igw-0added",
    })),
    cell: ["reach", "networking", "elsewhere"],
  },
  {
    name: "two lines of business are peered",
    change: all(
      add("lob-a", "aws_vpc_peering_connection", (state) => ({
        id: "pcx-0added",
        accept_status: "active",
        vpc_id: of(state, ["lob-a", "aws_vpc"], "id"),
        peer_vpc_id: of(state, ["lob-b", "aws_vpc"], "id"),
      })),
      ...[["lob-a", "10.101.0.0/16"] as const, ["lob-b", "10.100.0.0/16"] as const].map(
        ([stack, destination]) =>
          add(stack, "aws_route", (state) => ({
            route_table_id: privateTable(state, stack),
            destination_cidr_block: destination,
            vpc_peering_connection_id: "pcx-0added",
          })),
      ),
    ),
    cell: ["networks", "lob-a", "lob-b"],
  },
  {
    name: "a line of business has a second VPC",
    change: add("lob-a", "aws_vpc", {
      id: "vpc-0added",
      owner_id: "222222222222",
      cidr_block: "10.110.0.0/16",
      main_route_table_id: "rtb-0added",
    }),
    cell: ["networks", "lob-a (vpc-0added)", "networking"],
  },
];

/** Endpoints, and the security groups on the way to them. */
const ENDPOINT_ACCESS: readonly Mutation[] = [
  {
    name: "the endpoints do not admit the lines of business",
    change: drop("networking", "aws_vpc_security_group_ingress_rule", "TlsFrom-109600--11"),
    cell: ["reach", "Studio of lob-b", "studio"],
  },
  {
    name: "the endpoints do not admit the corporate network",
    change: drop("networking", "aws_vpc_security_group_ingress_rule", "TlsFrom-192168100--24"),
    cell: ["reach", CORPORATE, "studio"],
  },
  {
    name: "the endpoints' group is open to the internet",
    change: set(["networking", "aws_vpc_security_group_ingress_rule", "TlsFrom-109600--11"], {
      cidr_ipv4: "0.0.0.0/0",
    }),
    cell: ["settings", "security group studio-access-local-endpoints: from the internet", "value"],
  },
  {
    name: "the endpoints admit the wrong port",
    change: set(["networking", "aws_vpc_security_group_ingress_rule", "TlsFrom-101700--16"], {
      from_port: 80,
      to_port: 80,
    }),
    cell: ["reach", FUNCTION, "sts"],
  },
  {
    name: "the presign function may not call the hub",
    change: drop("access", "aws_vpc_security_group_egress_rule", "TlsToHub"),
    cell: ["reach", FUNCTION, "sts"],
  },
  {
    name: "the presign function may not call DynamoDB",
    change: drop("access", "aws_vpc_security_group_egress_rule", "TlsToDynamodb"),
    cell: ["reach", FUNCTION, "dynamodb"],
  },
  {
    name: "DynamoDB's gateway endpoint is in no route table",
    change: set(["access", "aws_vpc_endpoint"], { route_table_ids: [] }),
    cell: ["reach", FUNCTION, "dynamodb"],
  },
  {
    name: "a line of business has no gateway endpoint of S3",
    change: drop("lob-b", "aws_vpc_endpoint"),
    cell: ["reach", "lob-b", "s3"],
  },
  {
    name: "the endpoint of Studio does not work",
    change: set(["networking", "aws_vpc_endpoint", "Endpoint-studio"], { state: "failed" }),
    cell: ["reach", "lob-a", "studio"],
  },
  {
    name: "the endpoint of STS is one of another service",
    change: replace(["networking", "aws_vpc_endpoint", "Endpoint-sts"], "service_name", "sts", "sns"),
    cell: ["reach", FUNCTION, "sts"],
  },
];

export const NETWORK_MUTATIONS: readonly Mutation[] = [...NAMES, ...TRANSIT, ...ROUTES, ...ENDPOINT_ACCESS];
