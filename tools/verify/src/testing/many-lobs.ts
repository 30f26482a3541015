import { subnetPlan, type Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";
import { sampleConfig, sampleState } from "./sample";

/** State and config of an environment with that many lines of business, all copies of the sample's first one. */
export function manyLobs(count: number): {
  readonly state: readonly ResourceInstance[];
  readonly config: Config;
} {
  const state = sampleState();
  const first = state.filter(({ stack }) => stack === "lob-a");
  const numbers = Array.from({ length: count }, (_, index) => index);
  const accounts = JSON.stringify(numbers.map(accountOf));
  const shared = state
    .filter(({ stack }) => stack === "networking" || stack === "access")
    .map((resource) => withRoom(withAccounts(resource, accounts, count)));
  return {
    state: [...shared, ...numbers.flatMap((number) => first.map((resource) => copyOf(resource, number)))],
    config: {
      ...sampleConfig,
      network: { ...sampleConfig.network, lobSupernets: [SUPERNET] },
      linesOfBusiness: numbers.map((number) => ({
        name: `lob-${number}`,
        account: { id: accountOf(number), credentials: { profile: `lob-${number}` } },
        cidr: cidrOf(number),
        domainName: `studio-lob-${number}`,
        users: [`user-lob-${number}`],
      })),
    },
  };
}

function accountOf(number: number): string {
  return String(600_000_000_000 + number);
}

/** Gives the copy names, an account, a CIDR block and ids of its own. References to the hub's resources stay. */
function copyOf(resource: ResourceInstance, number: number): ResourceInstance {
  const own = ownIds();
  const ranges = rangesOf(cidrOf(number));
  const moved = rangesOf("10.100.0.0/16").reduce(
    (text, range, index) => text.replaceAll(`"${range}"`, `"${ranges[index]}"`),
    JSON.stringify(resource),
  );
  const text = moved
    .replaceAll("lob-a", `lob-${number}`)
    .replaceAll("222222222222", accountOf(number))
    .replaceAll(own, (id) => `${id}${number.toString(16).padStart(4, "0")}`);
  return JSON.parse(text) as ResourceInstance;
}

/** Room for two thousand lines of business. */
const SUPERNET = "10.128.0.0/9";

function cidrOf(number: number): string {
  return `10.${128 + Math.floor(number / 16)}.${(number % 16) * 16}.0/20`;
}

/** A VPC's range, and those of its subnets. */
function rangesOf(cidr: string): readonly string[] {
  const { private: apps, attachment } = subnetPlan(cidr);
  return [cidr, ...apps, ...attachment];
}

let pattern: RegExp | undefined;

/** Matches the ids of the resources that lob-a's stack made. */
function ownIds(): RegExp {
  if (pattern !== undefined) return pattern;
  const made = sampleState()
    .filter(({ stack }) => stack === "lob-a")
    .flatMap(({ values }) => [
      values["id"],
      values["transit_gateway_attachment_id"],
      values["domain_id"],
      values["main_route_table_id"],
    ])
    .filter(
      (id): id is string =>
        typeof id === "string" && /^(?:vpc|subnet|rtb|sg|vpce|tgw-attach|d|rslvr-[a-z]+)-/.test(id),
    );
  pattern = new RegExp([...new Set(made)].join("|"), "g");
  return pattern;
}

/** The hub's policies name every account, and the presign function every access role. */
function withAccounts(resource: ResourceInstance, accounts: string, count: number): ResourceInstance {
  const policy = resource.values["policy"];
  if (typeof policy !== "string") return resource;
  const roles = Array.from(
    { length: count },
    (_, number) =>
      `"arn:aws:iam::${accountOf(number)}:role/studio-access/local/studio-access-local-lob-${number}-access"`,
  );
  const wide = policy
    .replace(/\["111111111111","222222222222","333333333333"\]/g, `["111111111111",${accounts.slice(1)}`)
    .replace(/"arn:aws:iam::222222222222:role[^"]*","arn:aws:iam::333333333333:role[^"]*"/, roles.join(","));
  return { ...resource, values: { ...resource.values, policy: wide } };
}

/** Widens the supernet: the sample's has too few /16 blocks for many lines of business. */
function withRoom(resource: ResourceInstance): ResourceInstance {
  return JSON.parse(JSON.stringify(resource).replaceAll("10.96.0.0/11", SUPERNET)) as ResourceInstance;
}
