import { add, type Mutation } from "./mutation";

const VALUE = "value";

/** Resources that are added beside the expected ones, by name of the mutation, stack and type. */
const KINDS = [
  ["a network ACL shuts the hub", "networking", "aws_network_acl"],
  ["a user with keys may presign", "lob-a", "aws_iam_user_policy"],
  ["a line of business has a VPN of its own", "lob-a", "aws_ec2_client_vpn_endpoint"],
  ["a line of business leaves over IPv6", "lob-b", "aws_egress_only_internet_gateway"],
  [
    "the spokes' table gets routes from a prefix list",
    "networking",
    "aws_ec2_transit_gateway_prefix_list_reference",
  ],
  ["the Transit Gateway is peered with another", "networking", "aws_ec2_transit_gateway_peering_attachment"],
  ["a function has an address of its own", "access", "aws_lambda_function_url"],
  ["a second deployment serves the users table", "access", "aws_dynamodb_global_table"],
] as const;

export const UNEXPECTED_MUTATIONS: readonly Mutation[] = [
  ...KINDS.map(([name, stack, type]): Mutation => ({
    name,
    change: add(stack, type, {}),
    cell: ["settings", `${stack}: ${type}.Added`, VALUE],
  })),
  {
    name: "everyone may invoke the presign function",
    change: add("access", "aws_lambda_permission", { function_name: "presign", principal: "*" }),
    cell: ["settings", "function presign: invoked by *", VALUE],
  },
  {
    name: "any API may invoke the presign function",
    change: add("access", "aws_lambda_permission", {
      function_name: "presign",
      principal: "apigateway.amazonaws.com",
      source_arn: "arn:aws:execute-api:eu-west-1:999999999999:foreign/*",
    }),
    cell: ["settings", "function presign: invoked by apigateway.amazonaws.com", VALUE],
  },
  {
    name: "the Transit Gateway is shared with a foreign account",
    change: add("networking", "aws_ram_principal_association", { principal: "999999999999" }),
    cell: ["settings", "resource share: 999999999999", VALUE],
  },
];
