import { isRegion, type FirstConfig } from "@studio-access/config";

import type { AccountClientSettings } from "../environment/account-client";
import type { Ask } from "./ask";
import { QUESTIONS, type InitFlags } from "./flags";
import { identityFor } from "./identity";
import { listFrom, lobFrom } from "./lob-option";
import { accountList, type OrganizationAccount } from "./organization-accounts";

/** What cannot be read from the command line. */
export interface InitSources {
  /** Absent without a terminal. */
  readonly ask: Ask | undefined;
  /** Shows something to the person who is asked. */
  readonly tell: (text: string) => void;
  /** Accounts of the Organization, with the caller's own credentials; undefined where these may not list them. */
  readonly accounts: (region: string) => Promise<readonly OrganizationAccount[] | undefined>;
  /** Ids of the zones that are available to an account; undefined where its credentials give none. */
  readonly zones: (settings: AccountClientSettings) => Promise<readonly string[] | undefined>;
  /** Id of the account's Organization, null without one; undefined where AWS does not say. */
  readonly organization: (settings: AccountClientSettings) => Promise<string | null | undefined>;
  /** Settings of SDK clients in the account, with the credentials that the config will name. */
  readonly settings: (
    credentials: FirstConfig["access"],
    account: string,
    region: string,
  ) => AccountClientSettings;
}

/** The answers that stand in no option, and in no AWS account. */
type Required = Pick<FirstConfig, "region" | "sharedServicesId" | "access" | "lobs" | "corporateCidrs">;

/**
 * Everything that a first config is made from: from the options, from a person, from AWS.
 *
 * @throws {Error} naming every option that is missing, without a terminal
 */
export async function answersFor(
  flags: InitFlags,
  name: string,
  sources: InitSources,
): Promise<Omit<FirstConfig, "schema">> {
  const { ask } = sources;
  const environment = flags.environment ?? (await ask?.("Name of the environment:", name)) ?? name;
  const required = ask === undefined ? requiredFrom(flags) : await askFor(flags, ask, sources);
  const identity = await identityFor(flags, ask);
  const settings = sources.settings(required.access, required.sharedServicesId, required.region);
  return {
    ...required,
    environment,
    identity,
    availabilityZoneIds: await zonesFor(flags, settings, sources),
    organizationId: await organizationFor(flags, settings, sources),
    hubCidr: flags.hubCidr,
    accessCidr: flags.accessCidr,
    lobSupernets: flags.lobSupernets,
    stateBucket: flags.stateBucket,
  };
}

function requiredFrom(flags: InitFlags): Required {
  const { region, sharedServices, lob, corporateCidrs } = flags;
  const access = accessFrom(flags);
  const given = { region, sharedServices, access, lob, corporateCidrs };
  const missing = Object.entries(QUESTIONS).flatMap(([key, [option]]) =>
    given[key as keyof typeof given] === undefined ? [option] : [],
  );
  if (missing.length > 0 || !region || !sharedServices || !access || !lob || !corporateCidrs)
    throw new Error(`Without a terminal, everything has to be given. Missing:\n  ${missing.join("\n  ")}`);
  ensureRegion(region);
  return { region, sharedServicesId: sharedServices, access, lobs: lob.map(lobFrom), corporateCidrs };
}

async function askFor(flags: InitFlags, ask: Ask, { accounts, tell }: InitSources): Promise<Required> {
  const region = flags.region ?? (await ask(QUESTIONS.region[1], undefined, ensureRegion));
  ensureRegion(region);
  if (flags.sharedServices === undefined || flags.lob === undefined) {
    const there = await accounts(region);
    if (there !== undefined) tell(accountList(there));
  }
  const sharedServicesId = flags.sharedServices ?? (await ask(QUESTIONS.sharedServices[1]));
  const access = accessFrom(flags) ?? { profile: await ask(QUESTIONS.access[1], "studio-access-{name}") };
  const lobs = flags.lob?.map(lobFrom) ?? (await askForLobs(ask));
  const corporateCidrs = flags.corporateCidrs ?? listFrom(await ask(QUESTIONS.corporateCidrs[1]));
  return { region, sharedServicesId, access, lobs, corporateCidrs };
}

/** Before any call: a region becomes part of a host's name. */
function ensureRegion(region: string): void {
  if (!isRegion(region)) throw new Error(`${region} is no region: write a code such as eu-west-1.`);
}

async function askForLobs(ask: Ask): Promise<FirstConfig["lobs"]> {
  const lobs = [lobFrom(await ask(QUESTIONS.lob[1], undefined, lobFrom))];
  for (;;) {
    const text = await ask(
      "Another line of business (nothing: no more):",
      "",
      (answer) => answer.trim() === "" || lobFrom(answer),
    );
    if (text.trim() === "") return lobs;
    lobs.push(lobFrom(text));
  }
}

function accessFrom({ profile, role }: InitFlags): FirstConfig["access"] | undefined {
  if (profile !== undefined) return { profile };
  return role === undefined ? undefined : { role };
}

async function zonesFor(
  flags: InitFlags,
  settings: AccountClientSettings,
  { ask, zones }: InitSources,
): Promise<readonly string[]> {
  if (flags.zones !== undefined) return flags.zones;
  const there = await zones(settings);
  if (ask !== undefined)
    return listFrom(await ask("Ids of two availability zones:", there?.slice(0, 2).join(" ")));
  if (there !== undefined) return there.slice(0, 2);
  throw new Error(
    "The shared-services account did not name its availability zones: its credentials give no access. Give --zones ID ID, " +
      "such as euw1-az1 euw1-az2.",
  );
}

async function organizationFor(
  flags: InitFlags,
  settings: AccountClientSettings,
  { ask, organization }: InitSources,
): Promise<string | null> {
  const given = flags.organization ?? (await organization(settings));
  if (given === null || given === "none") return null;
  if (given !== undefined) return given;
  if (ask === undefined)
    throw new Error(
      "AWS did not say which Organization the accounts are in. Give --organization ID, or --organization none.",
    );
  const answer = await ask("Id of the AWS Organization that all accounts are in, or none:", "none");
  return answer === "none" ? null : answer;
}
