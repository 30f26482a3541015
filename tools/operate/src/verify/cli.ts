import { checkoutRoot, endWith } from "@studio-access/terraform-cli";

import { parseArguments } from "./arguments";
import { proveState } from "./prove-state";
import { readEnvironment } from "./read-environment";

/** Sets exit code 0 when the state holds no surprise. */
async function run(args: readonly string[]): Promise<void> {
  const root = checkoutRoot();
  const { ok, report } = await proveState(parseArguments(args), {
    variables: process.env,
    sources: {
      environment: (options) => readEnvironment(root, options),
    },
  });
  process.stdout.write(report);
  process.exitCode = ok ? 0 : 1;
}

endWith(run(process.argv.slice(2)));
