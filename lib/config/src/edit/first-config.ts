import { freeRange, prefixLength, split } from "../cidr";
import { CIDR, REGION } from "../fields";
import { DOCKER_BRIDGE } from "../rules/address-plan";
import { PRIVATE } from "../rules/ranges";
import type { AccountConfig, Config, OidcIdentity } from "../schema";
import { EditRefused } from "./config-text";
import { entryText } from "./entry-text";

/** What the first config of an environment is made from; ranges that are left out are proposed. */
export interface FirstConfig {
  /** Where editors find the schema, from the file's folder. */
  readonly schema: string;
  readonly environment: string;
  readonly region: string;
  readonly availabilityZoneIds: readonly string[];
  readonly organizationId: string | null;
  readonly sharedServicesId: string;
  /** `{name}` in it stands for an account's name: `shared-services`, or the line of business. */
  readonly access: { readonly profile: string } | { readonly role: string };
  readonly lobs: readonly FirstLob[];
  readonly corporateCidrs: readonly string[];
  /** The company's own provider; left out: the Cognito stand-in. */
  readonly identity?: OidcIdentity | undefined;
  readonly hubCidr?: string | undefined;
  readonly accessCidr?: string | undefined;
  readonly lobSupernets?: readonly string[] | undefined;
  /** Bucket for the state that is there already; left out: the stack `state` makes one, and the state is in files until then. */
  readonly stateBucket?: string | undefined;
}

const COGNITO_STAND_IN: Config["identity"] = { provider: "cognito", accessTokenMinutes: 15 };

export interface FirstLob {
  readonly name: string;
  readonly accountId: string;
  readonly users: readonly string[];
}

/**
 * A first config for real accounts: nothing simulates a corporate network, and a destroy
 * deletes no data.
 *
 * @throws {EditRefused} when no private range is free
 */
export function firstConfig(first: FirstConfig): Config {
  const { environment, region, lobs } = first;
  const account = (name: string, id: string): AccountConfig => ({
    id,
    credentials: firstCredentials(first.access, name, id),
  });
  const sharedServices = account("shared-services", first.sharedServicesId);
  const { lobCidrs, ...ranges } = rangesFor(first);
  return {
    $schema: first.schema,
    environment,
    region,
    availabilityZoneIds: [...first.availabilityZoneIds],
    organizationId: first.organizationId,
    ...stateOf(first, sharedServices),
    sharedServices,
    network: {
      ...ranges,
      corporateCidrs: [...first.corporateCidrs],
      resolver: { inbound: true, outboundRules: [] },
      additionalEndpoints: ["ecr-api", "ecr-dkr", "kms"],
    },
    studio: { urlExpiresSeconds: 20, sessionExpiresSeconds: 14400, idleShutdownMinutes: 120 },
    access: { portal: {} },
    identity: first.identity ?? COGNITO_STAND_IN,
    linesOfBusiness: lobs.map(({ name, accountId, users }, index) => ({
      name,
      account: account(name, accountId),
      cidr: lobCidrs[index] ?? "",
      domainName: `studio-${name}`,
      users: [...users],
    })),
    onPremise: null,
    dataRetention: "retain",
    logRetentionDays: 365,
    lambdaRuntime: "nodejs22.x",
    tags: {},
  };
}

/** Whether a text is a region's code: it becomes part of host names to which credentials are sent. */
export function isRegion(text: string): boolean {
  return REGION.safeParse(text).success;
}

/** The text of a config, laid out as the files of this project are. */
export function configFileText(config: Config): string {
  return `${entryText(config, "\n")}\n`;
}

/** The credentials of an account, from the pattern for all of them. */
export function firstCredentials(
  access: FirstConfig["access"],
  name: string,
  id: string,
): AccountConfig["credentials"] {
  return "profile" in access
    ? { profile: access.profile.replaceAll("{name}", name) }
    : { assumeRole: `arn:aws:iam::${id}:role/${access.role.replaceAll("{name}", name)}` };
}

function stateOf(
  { environment, region, stateBucket }: FirstConfig,
  { credentials }: AccountConfig,
): Pick<Config, "state" | "stateBucket"> {
  if (stateBucket === undefined)
    return {
      state: { backend: "local", directory: `.studio-access/state/${environment}` },
      stateBucket: true,
    };
  const profile = "profile" in credentials ? { profile: credentials.profile } : {};
  return { state: { backend: "s3", bucket: stateBucket, region, ...profile } };
}

type Ranges = Pick<Config["network"], "hubCidr" | "accessCidr" | "lobSupernets"> & {
  readonly lobCidrs: readonly string[];
};

/**
 * Ranges apart from the corporate networks: of /16 for the hub's and the access VPC, or smaller where little is free, and the widest
 * of /11 to /18 for all lines of business.
 */
function rangesFor(first: FirstConfig): Ranges {
  const given = [first.hubCidr ?? [], first.accessCidr ?? [], first.lobSupernets ?? []].flat();
  const malformed = [...given, ...first.corporateCidrs].find((range) => !CIDR.safeParse(range).success);
  if (malformed !== undefined)
    throw new EditRefused(`${malformed} is no IPv4 range in CIDR notation, such as 10.100.0.0/16.`);
  const taken = [DOCKER_BRIDGE, ...first.corporateCidrs, ...given];
  const take = (prefixes: readonly number[], what: string): string => {
    const free = prefixes.flatMap((prefix) => freeRange(PRIVATE, prefix, taken) ?? [])[0];
    if (free === undefined)
      throw new EditRefused(`No private range of /${prefixes.at(-1)} is free for ${what}: name one.`);
    taken.push(free);
    return free;
  };
  const hubCidr = first.hubCidr ?? take([16, 20, 24], "the hub");
  const accessCidr = first.accessCidr ?? take([16, 20, 24], "the access VPC");
  const lobSupernets = first.lobSupernets ?? [
    take([11, 12, 13, 14, 15, 16, 17, 18], "the lines of business"),
  ];
  return {
    hubCidr,
    accessCidr,
    lobSupernets: [...lobSupernets],
    lobCidrs: lobRanges(lobSupernets, first.lobs.length),
  };
}

/** The first ranges of the supernets, as large as they can be where as many again fit behind them. */
function lobRanges(supernets: readonly string[], count: number): readonly string[] {
  for (let prefix = 16; prefix <= 24; prefix += 1) {
    const all = supernets
      .filter((supernet) => prefixLength(supernet) <= prefix)
      .flatMap((supernet) => split(supernet, prefix, 2 * count))
      .filter((range) => range !== DOCKER_BRIDGE);
    if (all.length >= 2 * count || (prefix === 24 && all.length >= count)) return all.slice(0, count);
  }
  throw new EditRefused(
    `The ranges for lines of business (${supernets.join(", ")}) are too small for ${count}.`,
  );
}
