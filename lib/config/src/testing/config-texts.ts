import type { Config } from "../schema";

/** What is done to the text of a config that is printed with two blanks. */
const CHANGES: Readonly<Record<string, (text: string) => string>> = {
  "two blanks": (text) => text,
  tabs: (text) => text.replace(/^( {2})+/gm, (blanks) => "\t".repeat(blanks.length / 2)),
  "one line": (text) => JSON.stringify(JSON.parse(text)),
  "Windows line ends": (text) => text.replaceAll("\n", "\r\n"),
  "a byte order mark": (text) => `\uFEFF${text}`,
  // As Prettier prints the config files of this project.
  "short lists on one line": (text) =>
    text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, (_, entries: string) => `[${entries.replace(/,\s+/g, ", ")}]`),
  "blanks around commas and in empty lists": (text) =>
    JSON.stringify(JSON.parse(text)).replaceAll(",", " , ").replaceAll("[]", "[ ]"),
};

/** Layouts that a config file may have, for {@link configText}. */
export const LAYOUTS: readonly string[] = Object.keys(CHANGES);

/** The text of a config in one of the layouts. */
export function configText(config: Config, layout: string): string {
  const change = CHANGES[layout];
  if (change === undefined) throw new Error(`no layout ${layout}`);
  return change(`${JSON.stringify(config, null, 2)}\n`);
}
