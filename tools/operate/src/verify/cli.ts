import { checkoutRoot, endWith } from "@studio-access/terraform-cli";

import { deployedResources } from "../environment/deployed-state";
import { parseArguments } from "./arguments";
import { proveState } from "./prove-state";

/** Sets exit code 0 when the state holds no surprise. */
async function run(args: readonly string[]): Promise<void> {
  const root = checkoutRoot();
  const { ok, report } = await proveState(parseArguments(args), {
    variables: process.env,
    environment: (configFile) => deployedResources({ root, configFile }),
  });
  process.stdout.write(report);
  process.exitCode = ok ? 0 : 1;
}

endWith(run(process.argv.slice(2)));
