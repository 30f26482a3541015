import type { Config } from "../schema";

/** Layouts that a config file may have: each makes the text of a config. */
export const LAYOUTS: readonly (readonly [name: string, text: (config: Config) => string])[] = [
  ["two blanks", (config) => `${JSON.stringify(config, null, 2)}\n`],
  ["tabs", (config) => JSON.stringify(config, null, "\t")],
  ["one line", (config) => JSON.stringify(config)],
  ["Windows line ends", (config) => JSON.stringify(config, null, 4).replaceAll("\n", "\r\n")],
  ["a byte order mark", (config) => `\uFEFF${JSON.stringify(config, null, 2)}`],
  ["short lists on one line", (config) => inlineLists(JSON.stringify(config, null, 2))],
  [
    "blanks around commas and in empty lists",
    (config) => JSON.stringify(config).replaceAll(",", " , ").replaceAll("[]", "[ ]"),
  ],
];

/** As Prettier prints the config files of this project. */
function inlineLists(text: string): string {
  return text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, (_, entries: string) => {
    return `[${entries.replace(/,\s+/g, ", ")}]`;
  });
}
