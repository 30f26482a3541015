import { readFile } from "node:fs/promises";

import type { Command } from "commander";

/** What a command printed, and the file's text after it. */
export interface Typed {
  readonly printed: string;
  readonly text: string;
}

/** Runs a command as if its words had been typed, on a config file. @throws what the command throws */
export async function typed(command: Command, file: string, ...words: readonly string[]): Promise<Typed> {
  let printed = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await command.parseAsync([...words, "--config", file], { from: "user" });
  } finally {
    write.mockRestore();
  }
  return { printed, text: await readFile(file, "utf8") };
}
