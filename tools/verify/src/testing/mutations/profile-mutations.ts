import { VALUE } from "../../matrices/settings-matrix";
import { add, drop, of, set, type Mutation } from "./mutation";

const ASSOCIATION = "aws_route53profiles_association";
const CONTENT = "aws_route53profiles_resource_association";
const table = (stack: string, type: string): Mutation["cell"] => ["settings", `${stack}: ${type}`, VALUE];

/** Changes of the Route 53 Profile, for the state and config with one. */
export const PROFILE_MUTATIONS: readonly Mutation[] = [
  {
    name: "a line of business loses the profile",
    change: drop("lob-a", ASSOCIATION),
    cell: ["reach", "lob-a", "studio"],
  },
  {
    name: "the profile loses the zone of Studio",
    change: drop("networking", CONTENT, "Zone-studio"),
    cell: ["reach", "lob-b", "studio"],
  },
  {
    name: "the profile holds the zone of logs in place of that of Studio",
    change: set(["networking", CONTENT, "Zone-studio"], (state) => ({
      resource_arn: of(state, ["networking", "aws_route53_zone", "Zone-logs"], "arn"),
    })),
    cell: ["reach", "lob-a", "studio"],
  },
  {
    name: "the API's zone is in the profile too",
    change: add("networking", CONTENT, (state) => ({
      profile_id: of(state, ["networking", "aws_route53profiles_profile"], "id"),
      resource_arn: of(state, ["access", "aws_route53_zone"], "arn"),
    })),
    cell: ["reach", "lob-a", "api"],
  },
  {
    name: "a zone of a stranger's is in the profile",
    change: add("networking", CONTENT, (state) => ({
      profile_id: of(state, ["networking", "aws_route53profiles_profile"], "id"),
      resource_arn: "arn:aws:route53:::hostedzone/ZSTRANGER",
    })),
    cell: table("networking", CONTENT),
  },
  {
    name: "a stranger's profile is associated with a line of business",
    change: set(["lob-a", ASSOCIATION], { profile_id: "rp-00000000000000bad" }),
    cell: table("lob-a", ASSOCIATION),
  },
  {
    name: "the profile is associated with another VPC",
    change: set(["lob-a", ASSOCIATION], (state) => ({
      resource_id: of(state, ["access", "aws_vpc"], "id"),
    })),
    cell: table("lob-a", ASSOCIATION),
  },
  {
    name: "the profile is not shared",
    change: drop("networking", "aws_ram_resource_association", "ZoneProfile"),
    cell: table("networking", "aws_ram_resource_association"),
  },
  {
    name: "the share with the profile has a stranger in it",
    change: add("lob-a", "aws_ram_principal_association", (state) => ({
      principal: "999999999999",
      resource_share_arn: of(state, ["networking", "aws_ram_resource_share"], "arn"),
    })),
    cell: table("lob-a", "aws_ram_principal_association"),
  },
];
