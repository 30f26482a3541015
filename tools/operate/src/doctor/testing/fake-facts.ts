import { namedAccounts, type NamedAccount, type Problem } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import type { AccountClientSettings } from "../../environment/account-client";
import type { PlacedResource } from "../../environment/placed-resources";
import type { DoctorConfig } from "../doctor-config";
import type { CallerIdentity, Facts, Synthesis } from "../facts";
import { known, unknown, type Finding, type Known } from "../finding";
import type { Synthesized } from "../synthesized";

/** The shared-services account, a LOB with a role and a LOB with a profile. */
const ACCOUNTS = namedAccounts({
  ...sampleConfig(),
  linesOfBusiness: sampleConfig().linesOfBusiness.map((lob) =>
    lob.name === "lob-b" ? { ...lob, account: { ...lob.account, credentials: { profile: "lob-b" } } } : lob,
  ),
});

const [SHARED_SERVICES] = namedAccounts(sampleConfig());
if (SHARED_SERVICES === undefined) throw new Error("the sample has no shared-services account");

export const CONFIG: DoctorConfig = {
  environment: "test",
  region: "eu-west-1",
  organizationId: null,
  availabilityZoneIds: ["euw1-az1", "euw1-az2"],
  state: { backend: "local", directory: ".studio-access/state/test" },
  stateBucket: false,
  apiGatewayLogRole: "manage",
  domain: undefined,
  sharedServices: SHARED_SERVICES,
  accounts: ACCOUNTS,
};

/** What a test changes; everything else passes the checks. */
export interface FakeFactsChanges {
  readonly config?: Known<DoctorConfig>;
  readonly problems?: readonly Problem[];
  readonly synthesis?: Synthesis;
  readonly synthesized?: Known<Synthesized>;
  /** Names of the accounts whose credentials belong to another account. */
  readonly closed?: readonly string[];
  readonly caller?: (account: NamedAccount) => Known<CallerIdentity>;
}

export function fakeFacts(changes: FakeFactsChanges = {}): Facts {
  const {
    config = known(CONFIG),
    problems = [],
    synthesis = { ok: true, output: "" },
    closed = [],
  } = changes;
  return {
    configFile: "/somewhere/config/test.json",
    problems,
    synthesis: () => Promise.resolve(synthesis),
    config: () => Promise.resolve(config),
    synthesized: () => Promise.resolve(changes.synthesized ?? known(synthesized())),
    caller: (account) =>
      Promise.resolve(
        changes.caller?.(account) ?? known({ accountId: account.entry.id, arn: `arn:${account.name}` }),
      ),
    account: ({ name }) =>
      Promise.resolve(closed.includes(name) ? unknown(`${name} is closed`) : known(settingsOf(name))),
  };
}

/** Settings in which the region is the account's name, so that a fake reader recognizes the account. */
function settingsOf(name: string): AccountClientSettings {
  return { region: name, credentials: () => Promise.reject(new Error("no call is expected")) };
}

export function synthesized(...resources: readonly PlacedResource[]): Synthesized {
  return { resources, providerVersions: "5.100.0" };
}

/** A resource of the shared-services account. */
export function resource(
  type: string,
  body: Readonly<Record<string, unknown>> = {},
  more: Partial<PlacedResource> = {},
): PlacedResource {
  return {
    stack: "networking",
    type,
    address: `${type}.x`,
    path: `networking/${type}`,
    accountId: "111111111111",
    body,
    ...more,
  };
}

/** An error as AWS's SDK throws it. */
export function awsError(name: string, message = "no"): Error {
  return Object.assign(new Error(message), { name, $metadata: {} });
}

/** Findings in short form: `result check`. */
export function inShort(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ result, check }) => `${result} ${check}`);
}
