import type { FirstLob } from "@studio-access/config";

/** Reads `NAME=ACCOUNT`, or `NAME=ACCOUNT:USER,USER`. @throws {Error} when it has another form */
export function lobFrom(text: string): FirstLob {
  const [, name, accountId, users = ""] = /^([^=:]+)=(\d+)(?::(.*))?$/.exec(text) ?? [];
  if (name === undefined || accountId === undefined)
    throw new Error(`--lob ${text}: write NAME=ACCOUNT:USER,USER, such as lob-a=444455556666:ann,bob.`);
  return { name, accountId, users: listFrom(users) };
}

/** The entries of a text in which commas or blanks separate them. */
export function listFrom(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== "");
}
