import { checkoutRoot } from "@studio-access/toolchain";
import { readStateFolder } from "@studio-access/verify";

import { parseArguments } from "./arguments";
import { proveState } from "./prove-state";
import { readEnvironment } from "./read-environment";

/** @returns whether nothing is a surprise */
async function run(args: readonly string[]): Promise<boolean> {
  const root = checkoutRoot();
  const { ok, report } = await proveState(parseArguments(args), {
    root,
    variables: process.env,
    sources: { folder: readStateFolder, environment: (options) => readEnvironment(root, options) },
  });
  process.stdout.write(report);
  return ok;
}

run(process.argv.slice(2)).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
