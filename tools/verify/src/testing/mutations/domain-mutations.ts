import { DOMAIN } from "../../expect/services";
import { VALUE } from "../../matrices/settings-matrix";
import { drop, policy, replace, set, withoutCondition, type Mutation, type Target } from "./mutation";

const NAME: Target = ["access", "aws_api_gateway_domain_name"];
const called = (way: string): Mutation["cell"] => [
  "settings",
  `studio.corp.example.com: a call through ${way}`,
  VALUE,
];
const table = (type: string): Mutation["cell"] => ["settings", `access: ${type}`, VALUE];

/** Changes of a name of the company's own for the API, for the state and config with one. */
export const DOMAIN_MUTATIONS: readonly Mutation[] = [
  {
    name: "the name lets callers in through every endpoint",
    change: policy(NAME, "policy", (statements) =>
      withoutCondition("ThroughEndpoint")(statements.filter(({ Sid }) => Sid !== "NoOtherWay")),
    ),
    cell: called("a foreign endpoint"),
  },
  {
    name: "the name has no policy, so nobody gets in",
    change: set(NAME, { policy: "" }),
    cell: called("the hub's endpoint"),
  },
  {
    name: "the name's policy is of another name",
    change: replace(NAME, "policy", /domainnames\/studio\./g, "domainnames/other."),
    cell: called("the hub's endpoint"),
  },
  {
    name: "the name is on the internet",
    change: set(NAME, { endpoint_configuration: [{ types: ["REGIONAL"] }] }),
    cell: table("aws_api_gateway_domain_name"),
  },
  {
    name: "the name has another certificate",
    change: replace(NAME, "certificate_arn", "0a1b2c3d", "deadbeef"),
    cell: table("aws_api_gateway_domain_name"),
  },
  {
    name: "a foreign endpoint leads to the name",
    change: set(["access", "aws_api_gateway_domain_name_access_association"], {
      access_association_source: "vpce-00000000000000bad",
    }),
    cell: table("aws_api_gateway_domain_name_access_association"),
  },
  {
    name: "no endpoint leads to the name",
    change: drop("access", "aws_api_gateway_domain_name_access_association"),
    cell: table("aws_api_gateway_domain_name_access_association"),
  },
  {
    name: "the name opens another API",
    change: set(["access", "aws_api_gateway_base_path_mapping"], { api_id: "foreign123" }),
    cell: table("aws_api_gateway_base_path_mapping"),
  },
  {
    name: "the name's record leads elsewhere",
    change: set(["access", "aws_route53_record", "Domain_"], {
      alias: [{ name: "vpce-0bad.execute-api.eu-west-1.vpce.amazonaws.com", zone_id: "Z0BAD" }],
    }),
    cell: table("aws_route53_record"),
  },
  {
    name: "the name does not resolve for the corporate network",
    change: drop("access", "aws_route53_zone", "Domain_"),
    cell: ["reach", "corporate 192.168.10.0/24", DOMAIN],
  },
  {
    name: "people return to the API's own name after they signed in",
    change: set(["access", "aws_cognito_user_pool_client"], {
      callback_urls: ["https://other.corp.example.com"],
    }),
    cell: table("aws_cognito_user_pool_client"),
  },
];
