import { prefixLength } from "../cidr";
import { freeLobRange, rangesOf } from "../rules/address-plan";
import type { LineOfBusiness } from "../line-of-business";
import type { AccountConfig, Config } from "../schema";
import { configIn, EditRefused, listAt, lobIndex } from "./config-text";
import { entryText } from "./entry-text";
import { appended, removed, spaceBefore } from "./text-list";

/** What is said of a new line of business; what is left out follows from the others. */
export interface NewLob {
  readonly name: string;
  readonly accountId: string;
  readonly users: readonly string[];
  readonly credentials?: AccountConfig["credentials"] | undefined;
  readonly cidr?: string | undefined;
  readonly domainName?: string | undefined;
}

/**
 * A line of business for this config: in the next free range of the size that the last one has, with credentials and a
 * domain named as those of the others are.
 *
 * @throws {EditRefused} when no range is free, or the others' credentials have no common form
 */
export function proposedLob(config: Config, wanted: NewLob): LineOfBusiness {
  const { name, accountId, users } = wanted;
  return {
    name,
    account: { id: accountId, credentials: wanted.credentials ?? proposedCredentials(config, wanted) },
    cidr: wanted.cidr ?? proposedRange(config),
    domainName:
      wanted.domainName ?? likeTheOthers(config, wanted, ({ domainName }) => domainName) ?? `studio-${name}`,
    users: [...users],
  };
}

/** Adds a line of business behind the others. */
export function withLob(text: string, lob: LineOfBusiness): string {
  configIn(text);
  const list = listAt(text, ["linesOfBusiness"]);
  return appended(text, list, entryText(lob, spaceBefore(text, list)));
}

/** Removes a line of business. @throws {EditRefused} when there is none of this name, or no other one */
export function withoutLob(text: string, name: string): string {
  const config = configIn(text);
  const index = lobIndex(config, name);
  if (config.linesOfBusiness.length === 1)
    throw new EditRefused(
      `${name} is the only line of business, and a config needs one: add another one first (\`./studio add-lob\`). ` +
        "The whole environment is removed by `./studio teardown`.",
    );
  return removed(text, listAt(text, ["linesOfBusiness"]), index);
}

/** The next free range for a line of business, of the size that the last one has; undefined where there is none. */
export function nextLobRange(config: Config): string | undefined {
  return freeLobRange(rangesOf(config), customaryPrefix(config));
}

function customaryPrefix({ linesOfBusiness }: Config): number {
  return prefixLength(linesOfBusiness.at(-1)?.cidr ?? "0.0.0.0/16");
}

function proposedRange(config: Config): string {
  const free = nextLobRange(config);
  if (free !== undefined) return free;
  const supernets = config.network.lobSupernets.join(", ");
  throw new EditRefused(
    `network.lobSupernets (${supernets}) has no free /${customaryPrefix(config)}: add a range there, or name a smaller one with --cidr.`,
  );
}

function proposedCredentials(config: Config, wanted: NewLob): AccountConfig["credentials"] {
  const role = likeTheOthers(config, wanted, ({ account: { credentials } }) =>
    "assumeRole" in credentials ? credentials.assumeRole : undefined,
  );
  if (role !== undefined) return { assumeRole: role };
  const profile = likeTheOthers(config, wanted, ({ account: { credentials } }) =>
    "profile" in credentials ? credentials.profile : undefined,
  );
  if (profile !== undefined) return { profile };
  throw new EditRefused(
    `The credentials of ${wanted.name} do not follow from those of the other lines of business, which have no common form with ` +
      "the name or the account's id in it: give --profile NAME or --role ARN.",
  );
}

/**
 * The value that a new line of business has if it is formed as those of all others are: the same text, but for the name and
 * the account's id in it. Undefined where they differ otherwise, or where the text has neither.
 */
function likeTheOthers(
  config: Config,
  { name, accountId }: NewLob,
  read: (lob: LineOfBusiness) => string | undefined,
): string | undefined {
  const forms = new Set(
    config.linesOfBusiness.map((lob) =>
      read(lob)?.replaceAll(whole(lob.name), "{name}").replaceAll(whole(lob.account.id), "{id}"),
    ),
  );
  const [form] = forms;
  if (forms.size !== 1 || form === undefined || !/\{(name|id)\}/.test(form)) return undefined;
  return form.replaceAll("{name}", name).replaceAll("{id}", accountId);
}

/** A word that stands alone: `lob-a` is no part of `lob-ab`. Names and ids hold no characters with a meaning here. */
function whole(word: string): RegExp {
  return new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`, "g");
}
