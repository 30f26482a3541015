import type { Config } from "../schema";
import { nearest } from "../suggestion";
import { configIn, EditRefused, listAt, lobIndex, nodeAt } from "./config-text";
import { appended, removed } from "./text-list";

/** Edits of users in the text of a valid config. Whether the result is valid, its reader says. */

/** Adds users to a line of business. @throws {EditRefused} when there is no such one, or a user is in one already */
export function withUsers(text: string, lob: string, names: readonly string[]): string {
  const config = configIn(text);
  const index = lobIndex(config, lob);
  for (const name of names) {
    const present = lobOf(config, name);
    if (present !== undefined)
      throw new EditRefused(
        `${name} is in ${present} already${present === lob ? "" : `; \`./studio move-user ${name} --to ${lob}\` moves the user`}.`,
      );
  }
  return names.reduce((result, name) => appended(result, usersOf(result, index), JSON.stringify(name)), text);
}

/** Removes users, each from their line of business. @throws {EditRefused} when a user is in none */
export function withoutUsers(text: string, names: readonly string[]): string {
  const config = configIn(text);
  return names.reduce((result, name) => {
    const list = usersOf(result, lobIndex(config, lobOfUser(config, name)));
    return removed(
      result,
      list,
      (list.children ?? []).findIndex(({ value }) => value === name),
    );
  }, text);
}

/** Moves users to another line of business. @throws {EditRefused} when a user is in none, or in that one */
export function withUsersMoved(text: string, names: readonly string[], to: string): string {
  const config = configIn(text);
  const there = names.find((name) => lobOfUser(config, name) === to);
  if (there !== undefined) throw new EditRefused(`${there} is in ${to} already.`);
  return withUsers(withoutUsers(text, names), to, names);
}

/** Blocks a user in a line of business; one who is blocked there already stays so. @throws {EditRefused} when there is no such line of business */
export function withUserBlocked(text: string, lob: string, name: string): string {
  const config = configIn(text);
  const index = lobIndex(config, lob);
  const { blockedUsers } = config.linesOfBusiness[index] ?? {};
  if (blockedUsers?.includes(name) === true) return text;
  const entry = JSON.stringify(name);
  return blockedUsers === undefined
    ? appended(text, nodeAt(text, ["linesOfBusiness", index]), `"blockedUsers": [${entry}]`)
    : appended(text, listAt(text, ["linesOfBusiness", index, "blockedUsers"]), entry);
}

/** Ends a user's block in every line of business. */
export function withUserReadmitted(text: string, name: string): string {
  return configIn(text).linesOfBusiness.reduce((result, { blockedUsers }, index) => {
    const at = blockedUsers?.indexOf(name) ?? -1;
    if (at < 0) return result;
    if (blockedUsers?.length !== 1)
      return removed(result, listAt(result, ["linesOfBusiness", index, "blockedUsers"]), at);
    const lob = nodeAt(result, ["linesOfBusiness", index]);
    const isList = (member: { children?: { value?: unknown }[] }): boolean =>
      member.children?.[0]?.value === "blockedUsers";
    return removed(result, lob, (lob.children ?? []).findIndex(isList));
  }, text);
}

/** The line of business of a user. @throws {EditRefused} when the user is in none */
export function lobOfUser(config: Config, name: string): string {
  const lob = lobOf(config, name);
  if (lob !== undefined) return lob;
  const meant = nearest(
    name,
    config.linesOfBusiness.flatMap(({ users }) => users),
  );
  throw new EditRefused(
    `${name} is in no line of business${meant === undefined ? "; `./studio config` lists the users" : `; did you mean ${meant}?`}`,
  );
}

function lobOf(config: Config, user: string): string | undefined {
  return config.linesOfBusiness.find(({ users }) => users.includes(user))?.name;
}

function usersOf(text: string, lob: number): ReturnType<typeof listAt> {
  return listAt(text, ["linesOfBusiness", lob, "users"]);
}
