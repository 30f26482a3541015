import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { Command } from "commander";

import { keptByNpm } from "./npm-options";
import { ensureWritable } from "./output-files";

export { writeJson } from "./output-files";

/** Options that name a file to write; a command that has one gets it checked before its work. */
const OUTPUT_FILES = ["json", "markdown", "html"] as const;

/** What `./studio NAME --help` says of a command. */
export interface CommandHelp {
  /** The word after `./studio`, which is also the name of the npm script. */
  readonly name: string;
  readonly description: string;
  /** Complete lines to type, each with what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Exit codes beside 0 for success and 1 for a failure. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /** Whether the command works on an environment, which a config names. Default: true. */
  readonly config?: boolean;
  /** Whether a config with problems is refused before anything else. Default: true. */
  readonly examinesConfig?: boolean;
}

/**
 * A command of `./studio`. All of them have `--config` and `--no-install`, one style of help, and one check before anything
 * else: no option was kept by npm, the config has no problem, and files that are to be written can be.
 */
export function studioCommand(help: CommandHelp): Command {
  const { name, description, examples, exitCodes, config = true, examinesConfig = config } = help;
  const command = new Command(`./studio ${name}`)
    .description(description)
    .helpOption("-h, --help", "show this help")
    .configureHelp({ helpWidth: Math.min(process.stdout.columns, 100) || 100 })
    .showSuggestionAfterError()
    .addHelpText("after", helpAfter(examples, exitCodes));
  if (config)
    command.option(
      "--config <file>",
      "config of the environment (default: STUDIO_ACCESS_CONFIG, else config/local.json)",
    );
  command.option("--no-install", "never download or install anything");
  return command.hook("preAction", (_, action) => {
    const options = action.opts<Readonly<Record<string, unknown>>>();
    refuseKeptOptions(name, action);
    if (examinesConfig) loadConfig(chosenConfigFile(textIn(options, "config")));
    for (const output of OUTPUT_FILES) {
      const file = textIn(options, output);
      if (file !== undefined) ensureWritable(`--${output}`, file);
    }
  });
}

/** @throws {Error} when npm kept options of this command for itself: without them it would do something else */
function refuseKeptOptions(name: string, { options }: Command): void {
  const flags = options.flatMap(({ long }) => long ?? []);
  const kept = keptByNpm(name, flags, process.env);
  if (kept.length === 0) return;
  const words = kept.join(" ");
  throw new Error(
    `npm kept ${words} for itself, so nothing was done. Write \`./studio ${name} ${words} …\`, or \`npm run ${name} -- ${words} …\`.`,
  );
}

function helpAfter(
  examples: CommandHelp["examples"],
  exitCodes: Readonly<Record<number, string>> = {},
): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, meaning]) => `  ${line.padEnd(width)}  ${meaning}`);
  const codes = Object.entries({ 0: "success", 1: "a failure", ...exitCodes });
  return [
    "",
    "Examples:",
    ...lines,
    "",
    `Exit codes: ${codes.map(([code, meaning]) => `${code} ${meaning}`).join("; ")}`,
  ].join("\n");
}

function textIn(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
