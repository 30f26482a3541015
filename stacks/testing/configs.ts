import type { Config } from "@studio-access/config";
import { ciConfig } from "./ci-config";
import { localConfig } from "./synth-app";

type Lob = Config["linesOfBusiness"][number];

/** A name, as the end of a test's title, and the config. */
export type NamedConfig = readonly [name: string, config: Config];

/** The configs that the laws run over: one for each setting that changes the deployed resources, and the extremes. */
export const CONFIGS: readonly NamedConfig[] = [
  ["outside an Organization", localConfig()],
  ["in an Organization", inOrganization(localConfig())],
  ["with an identity provider of the company's own", withOidc(localConfig())],
  ["with a provider that calls people by e-mail addresses", withEmailNames(withOidc(localConfig()))],
  ["without a portal", withoutPortal(localConfig())],
  ["with users by group", withGroups(localConfig())],
  ["with users by group alone, in an Organization", withGroupsAlone(inOrganization(localConfig()))],
  ["with a name of the company's own for the API", withDomain(localConfig())],
  ["with zones shared by a profile, and workflows", withZoneSharing("profile", ciConfig())],
  ["with workflows, a state bucket and smoke tests", { ...ciConfig(), smokeTest: true }],
  ["with 100 lines of business", withLobs(100)],
  ["with the longest names", ciConfig(withLongestNames(localConfig()))],
];

export function withZoneSharing(zoneSharing: "both" | "profile", config: Config): Config {
  return { ...config, network: { ...config.network, zoneSharing } };
}

export function inOrganization(config: Config): Config {
  return { ...config, organizationId: "o-exampleorg1" };
}

export function withOidc(config: Config): Config {
  const issuer = "https://login.example.com";
  const identity = {
    provider: "oidc",
    issuer,
    jwksUri: `${issuer}/keys`,
    clientId: "studio-access",
    audience: "api://studio-access",
    userNameClaim: "preferred_username",
  } as const;
  return { ...config, identity };
}

/** As a config was before there was a portal. */
export function withoutPortal(config: Config): Config {
  const { identity } = config;
  return {
    ...config,
    access: {},
    identity:
      identity.provider === "cognito"
        ? { ...identity, callbackUrls: ["https://localhost/callback"] }
        : identity,
  };
}

/** Groups beside the users, of each kind of name that a provider gives them. */
export function withGroups(config: Config): Config {
  const linesOfBusiness = config.linesOfBusiness.map((lob) => ({
    ...lob,
    groups: [`studio-${lob.name}`, `studio-/people/${lob.name}`],
  }));
  return { ...config, identity: { ...config.identity, groupPrefix: "studio-" }, linesOfBusiness };
}

/** The first line of business by its groups, with no user listed; the others as they are. */
export function withGroupsAlone(config: Config): Config {
  const linesOfBusiness = config.linesOfBusiness.map((lob, index) =>
    index === 0 ? { ...lob, users: [], groups: ["studio-a"] } : lob,
  );
  return { ...config, linesOfBusiness };
}

/** The API under a name that people can remember. */
export function withDomain(config: Config): Config {
  const { region, sharedServices } = config;
  const certificateArn = `arn:aws:acm:${region}:${sharedServices.id}:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789`;
  return {
    ...config,
    access: { ...config.access, domain: { name: "studio.corp.example.com", certificateArn } },
  };
}

/** The same provider by a preset, and its users as it calls them. */
export function withEmailNames(config: Config): Config {
  const { identity } = config;
  if (identity.provider !== "oidc")
    throw new Error("only a provider of the company's own is known by a preset");
  return {
    ...config,
    identity: {
      ...identity,
      preset: "keycloak",
      audience: ["studio-access", "account"],
      userNameClaim: undefined,
    },
    linesOfBusiness: config.linesOfBusiness.map((lob) => ({
      ...lob,
      users: [`jane.doe@${lob.name}.example.com`],
    })),
  };
}

/** The committed example with as many lines of business, each with an account, a range and a user of its own. */
export function withLobs(count: number): Config {
  const config = localConfig();
  const more = Array.from({ length: count - config.linesOfBusiness.length }, (_, index) => madeUpLob(index));
  return { ...config, linesOfBusiness: [...config.linesOfBusiness, ...more] };
}

function madeUpLob(index: number): Lob {
  const name = `lob-${index}`;
  const id = String(600_000_000_000 + index);
  return {
    name,
    account: { id, credentials: { assumeRole: `arn:aws:iam::${id}:role/studio-access-deploy` } },
    cidr: `10.${102 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
    domainName: `studio-${name}`,
    users: [`user-${name}`],
  };
}

/** Every name as long as the schema lets it be: 12 characters of an environment, 24 of a line of business, 63 of Studio's. */
export function withLongestNames(config: Config): Config {
  const longest = (beginning: string, length: number): string => beginning.padEnd(length, "x");
  const linesOfBusiness = config.linesOfBusiness.map((lob) => ({
    ...lob,
    name: longest(lob.name, 24),
    domainName: longest(`studio-${lob.name}-`, 63),
    users: [longest(`user-${lob.name}-`, 63)],
  }));
  return { ...config, environment: longest("production", 12), linesOfBusiness };
}

/** Users whom the first line of business blocks. */
export function withBlocked(config: Config, blockedUsers: string[]): Config {
  const linesOfBusiness = config.linesOfBusiness.map((lob, index) =>
    index === 0 ? { ...lob, blockedUsers } : lob,
  );
  return { ...config, linesOfBusiness };
}

/** Every stack and every option that adds to one. */
export function everything(): Config {
  const onPremise = { cidr: "192.168.10.0/24", entry: { kind: "session-manager" } } as const;
  return { ...withDomain(ciConfig()), smokeTest: true, onPremise };
}
