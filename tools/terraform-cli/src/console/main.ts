import type { Command } from "commander";

import { endWith } from "./program-end";

/** Runs one command of `./studio` with the arguments of this program. */
export function runCommand(command: Command): void {
  endWith(command.parseAsync(process.argv.slice(2), { from: "user" }));
}
