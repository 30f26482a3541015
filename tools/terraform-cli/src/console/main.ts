import type { Command } from "commander";

import { endWith } from "./program-end";

/** Runs one command of `./studio`: `main.ts MODULE ARGUMENTS …`, where the module exports its `command`. */
async function main([module = "", ...args]: readonly string[]): Promise<void> {
  const { command } = (await import(module)) as { readonly command: Command };
  await command.parseAsync(args, { from: "user" });
}

endWith(main(process.argv.slice(2)));
