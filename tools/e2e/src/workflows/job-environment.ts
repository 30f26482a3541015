import { readFile } from "node:fs/promises";

/** The machine's variables that a hosted runner also has: none of AWS, npm scripts, jest or Terraform. */
const KEPT = new Set([
  "PATH",
  "HOME",
  "LANG",
  "TMPDIR",
  "STUDIO_ACCESS_PROVIDER_MIRROR",
  "TF_DISABLE_PLUGIN_TLS",
]);

export function machineVariables(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => KEPT.has(entry[0]) && entry[1] !== undefined),
  );
}

/**
 * Reads the variables that a step wrote to `GITHUB_ENV` or `GITHUB_OUTPUT`.
 *
 * @throws {Error} on a value of several lines, which the workflows do not write
 */
export async function readVariables(file: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const entries = lines.map((line) => {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`${file} has a line that is not read here`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
