import { namesRow } from "../../matrices/dns-settings";
import { VALUE } from "../../matrices/settings-matrix";
import { OTHER_NAMES } from "../../expect/services";
import { sampleConfig } from "../sample";
import { add, all, drop, of, only, set, type Change, type Mutation, type State } from "./mutation";

const FIREWALL = "aws_route53_resolver_firewall";
const LIST = `${FIREWALL}_domain_list`;
const RULE = `${FIREWALL}_rule`;
const ASSOCIATION = `${FIREWALL}_rule_group_association`;
const FUNCTION = "function studio-access-local-presign";

function namesOf(state: State, stack: string): readonly string[] {
  return only(state, [stack, LIST, "AllowedNames"]).values["domains"] as readonly string[];
}

/** Changes the names that a VPC's firewall lets through. */
function allow(stack: string, edit: (names: readonly string[]) => readonly string[]): Change {
  return set([stack, LIST, "AllowedNames"], (state) => ({ domains: edit(namesOf(state, stack)) }));
}

/** A way out by DNS, or a name that no longer resolves. */
export const DNS_MUTATIONS: readonly Mutation[] = [
  ...["networking", "access", "lob-a"].map((stack) => ({
    name: `the DNS firewall is not associated with the VPC of ${stack}`,
    change: drop(stack, ASSOCIATION),
    cell: ["reach", stack, OTHER_NAMES] as const,
  })),
  {
    name: "the DNS firewall of a line of business blocks nothing",
    change: drop("lob-a", RULE, "BlockTheRest"),
    cell: ["reach", "Studio of lob-a", OTHER_NAMES],
  },
  {
    name: "the DNS firewall blocks before it allows",
    change: set(["access", RULE, "Allow_"], { priority: 300 }),
    cell: ["reach", FUNCTION, "sts"],
  },
  {
    name: "the DNS firewall only reports what it should block",
    change: set(["lob-b", RULE, "BlockTheRest"], { action: "ALERT" }),
    cell: ["reach", "lob-b", OTHER_NAMES],
  },
  {
    name: "the DNS firewall blocks one type of record alone",
    change: set(["lob-b", RULE, "BlockTheRest"], { q_type: "A" }),
    cell: ["reach", "lob-b", OTHER_NAMES],
  },
  {
    name: "the DNS firewall allows every name",
    change: allow("lob-a", () => ["*."]),
    cell: ["reach", "lob-a", OTHER_NAMES],
  },
  {
    name: "the DNS firewall blocks no name but one",
    change: set(["access", LIST, "AllNames"], { domains: ["example.com"] }),
    cell: ["reach", FUNCTION, OTHER_NAMES],
  },
  {
    name: "the DNS firewall's list of all names has one more",
    change: set(["access", LIST, "AllNames"], { domains: ["*.", "example.com."] }),
    cell: ["settings", `access: ${LIST}`, VALUE],
  },
  {
    name: "a second rule group allows every name first",
    change: all(
      add("lob-a", LIST, { id: "rslvr-fdl-added", domains: ["*"] }),
      add("lob-a", RULE, {
        firewall_rule_group_id: "rslvr-frg-added",
        firewall_domain_list_id: "rslvr-fdl-added",
        action: "ALLOW",
        priority: 1,
      }),
      add("lob-a", ASSOCIATION, (state) => ({
        id: "rslvr-frgassoc-added",
        vpc_id: of(state, ["lob-a", "aws_vpc"], "id"),
        firewall_rule_group_id: "rslvr-frg-added",
        priority: 1,
      })),
    ),
    cell: ["reach", "lob-a", OTHER_NAMES],
  },
  {
    name: "the DNS firewall allows one domain more than the config",
    change: allow("lob-a", (names) => [...names, "*.stranger.example.com"]),
    cell: ["settings", namesRow("lob-a"), VALUE],
  },
  {
    name: "the DNS firewall does not allow a domain of the config",
    change: (state) => state,
    config: { network: { ...sampleConfig.network, dnsFirewall: { allowedDomains: ["data.example.com"] } } },
    cell: ["settings", namesRow("networking"), VALUE],
  },
  {
    name: "the name of the SageMaker API does not resolve for the presign function",
    change: allow("access", (names) => names.filter((name) => !name.startsWith("api.sagemaker."))),
    cell: ["reach", FUNCTION, "sagemaker-api"],
  },
  {
    name: "the names of Studio do not resolve for the corporate network",
    change: allow("networking", (names) => names.filter((name) => !name.startsWith("*.studio."))),
    cell: ["reach", "corporate 192.168.10.0/24", "studio"],
  },
];
