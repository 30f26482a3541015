import type { ResourceInstance } from "@studio-access/terraform";
import { roleArn } from "../expect/roles";
import { sampleConfig } from "./sample";

const VPC = "vpc-0ff1ce";
const PEERING = "pcx-0ff1ce";

/** The sample's state with the simulated corporate network added. */
export function withOffice(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  const idOf = (stack: string, type: string, part: string, name = "id"): unknown =>
    state.find((each) => each.stack === stack && each.type === type && each.address.includes(part))?.values[
      name
    ];
  const hub = idOf("networking", "aws_vpc", "Vpc");
  const add = (type: string, name: string, values: ResourceInstance["values"]): ResourceInstance => ({
    stack: "on-premise",
    address: `${type}.${name}`,
    mode: "managed",
    type,
    values,
  });
  const route = (table: unknown, destination: string, target: ResourceInstance["values"]): ResourceInstance =>
    add("aws_route", destination, { route_table_id: table, destination_cidr_block: destination, ...target });
  const peered = { vpc_peering_connection_id: PEERING };
  return [
    ...state,
    add("aws_vpc", "Vpc", {
      id: VPC,
      owner_id: "111111111111",
      cidr_block: "192.168.10.0/24",
      main_route_table_id: "rtb-main",
    }),
    ...["private", "public"].flatMap((tier, index) => [
      add("aws_subnet", tier, {
        id: `subnet-${tier}`,
        vpc_id: VPC,
        cidr_block: `192.168.10.${index * 128}/26`,
      }),
      add("aws_route_table", tier, { id: `rtb-${tier}`, vpc_id: VPC }),
      add("aws_route_table_association", tier, {
        route_table_id: `rtb-${tier}`,
        subnet_id: `subnet-${tier}`,
      }),
      route(`rtb-${tier}`, "10.0.0.0/16", peered),
    ]),
    route("rtb-private", "0.0.0.0/0", { nat_gateway_id: "nat-1" }),
    route("rtb-public", "0.0.0.0/0", { gateway_id: "igw-1" }),
    route(idOf("networking", "aws_route_table", "Routes-private"), "192.168.10.0/24", peered),
    add("aws_vpc_peering_connection", "Peering", {
      id: PEERING,
      accept_status: "active",
      vpc_id: VPC,
      peer_vpc_id: hub,
    }),
    ...[
      idOf("networking", "aws_route53_zone", "Zone-studio", "zone_id"),
      idOf("networking", "aws_route53_zone", "Zone-sagemaker-api", "zone_id"),
      idOf("access", "aws_route53_zone", "", "zone_id"),
    ].map((zone) => add("aws_route53_zone_association", String(zone), { zone_id: zone, vpc_id: VPC })),
    role("flow-logs", "vpc-flow-logs.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": "111111111111" },
    }),
    role("client", "ec2.amazonaws.com"),
  ];
}

function role(last: string, service: string, condition?: object): ResourceInstance {
  const arn = roleArn(sampleConfig, sampleConfig.sharedServices.id, "on-premise", last);
  const statement = {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  };
  return {
    stack: "on-premise",
    address: `aws_iam_role.${last}`,
    mode: "managed",
    type: "aws_iam_role",
    values: {
      arn,
      name: arn.split("/").at(-1),
      assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
    },
  };
}
