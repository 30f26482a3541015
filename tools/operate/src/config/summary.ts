import {
  ciStackName,
  namedAccounts,
  nextLobRange,
  stacksOf,
  type AccountConfig,
  type Config,
} from "@studio-access/config";

/** What a config makes, for people and for machines. */
export interface ConfigSummary {
  readonly environment: string;
  readonly region: string;
  readonly availabilityZoneIds: readonly string[];
  readonly organizationId: string | null;
  readonly state: Config["state"];
  readonly identityProvider: Config["identity"]["provider"];
  readonly dataRetention: Config["dataRetention"];
  readonly accounts: readonly (AccountConfig & { readonly name: string })[];
  /** In the order in which they are deployed. */
  readonly stacks: readonly StackSummary[];
  readonly lobSupernets: readonly string[];
  /** Null where the supernets have no free range of the customary size. */
  readonly nextLobRange: string | null;
  readonly corporateCidrs: readonly string[];
  readonly linesOfBusiness: readonly LobSummary[];
}

interface StackSummary {
  readonly name: string;
  readonly accountId: string;
  /** Range of its VPC; null where it makes none. */
  readonly cidr: string | null;
  readonly deployedBy: "workflow" | "administrator";
  readonly dependencies: readonly string[];
}

interface LobSummary {
  readonly name: string;
  readonly domainName: string;
  readonly users: readonly string[];
}

export function summaryOf(config: Config): ConfigSummary {
  return {
    environment: config.environment,
    region: config.region,
    availabilityZoneIds: config.availabilityZoneIds,
    organizationId: config.organizationId,
    state: config.state,
    identityProvider: config.identity.provider,
    dataRetention: config.dataRetention,
    accounts: namedAccounts(config).map(({ name, entry }) => ({ name, ...entry })),
    stacks: stacksOf(config).map((stack) => ({
      ...stack,
      accountId: accountIdOf(stack.name, config),
      cidr: rangeOf(stack.name, config),
    })),
    lobSupernets: config.network.lobSupernets,
    nextLobRange: nextLobRange(config) ?? null,
    corporateCidrs: config.network.corporateCidrs,
    linesOfBusiness: config.linesOfBusiness.map(({ name, domainName, users }) => ({
      name,
      domainName,
      users,
    })),
  };
}

function accountIdOf(stack: string, { sharedServices, linesOfBusiness }: Config): string {
  const lob = linesOfBusiness.find(({ name }) => stack === name || stack === ciStackName(name));
  return (lob?.account ?? sharedServices).id;
}

function rangeOf(stack: string, { network, onPremise, linesOfBusiness }: Config): string | null {
  if (stack === "networking") return network.hubCidr;
  if (stack === "access") return network.accessCidr;
  if (stack === "on-premise") return onPremise?.cidr ?? null;
  return linesOfBusiness.find(({ name }) => name === stack)?.cidr ?? null;
}
