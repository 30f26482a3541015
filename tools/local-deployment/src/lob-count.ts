import type { Config, LineOfBusiness } from "@studio-access/config";

/** Highest number of lines of business for which a generated config has address ranges. */
export const MOST_LOBS = 250;

/**
 * A config with exactly `count` lines of business: first those of the given config, then generated ones, each with an
 * account, a network and a user of its own.
 *
 * @throws {RangeError} when count is not a whole number from 1 to {@link MOST_LOBS}
 */
export function withLobs(config: Config, count: number): Config {
  if (!Number.isInteger(count) || count < 1 || count > MOST_LOBS) {
    throw new RangeError(`--lobs takes a whole number from 1 to ${MOST_LOBS}, not ${count}`);
  }
  const given = config.linesOfBusiness.slice(0, count);
  const made = Array.from({ length: count - given.length }, (_, index) => madeUpLob(given.length + index));
  return { ...config, linesOfBusiness: [...given, ...made] };
}

/** `a` … `z`, then `aa`, `ab`, …, like the columns of a spreadsheet. */
export function letters(index: number): string {
  const last = String.fromCharCode("a".charCodeAt(0) + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

function madeUpLob(index: number): LineOfBusiness {
  const name = `lob-${letters(index)}`;
  const id = String(600_000_000_000 + index);
  return {
    name,
    account: { id, credentials: { assumeRole: `arn:aws:iam::${id}:role/studio-access-deploy` } },
    // Ranges of 4,096 addresses, above those of config/local.json.
    cidr: `10.${102 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
    domainName: `studio-${name}`,
    users: [`user-${name}`],
  };
}
