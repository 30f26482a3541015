/**
 * Kills the deploys of networking, access and a line of business at ten moments in the local AWS, recovers each, and lets
 * each deploy end. Prints a table; ends with 1 when a deploy fails or a second plan is not empty.
 *
 *     npm run -w tools/e2e ten-kills
 */
import { startDeployment, withLobs, type LocalDeployment } from "@studio-access/local-deployment";
import { endWith } from "@studio-access/terraform-cli";

import { recoveredDeploy, type Recovered } from "./recovered-deploy";

/** Resources that are complete when Terraform is killed, counted in each run anew: the next run starts with what was adopted. */
const MOMENTS: readonly (readonly [stack: string, completed: readonly number[]])[] = [
  ["networking", [2, 6, 4]],
  ["access", [4, 10, 8]],
  ["lob-a", [2, 8, 8, 4]],
];

/** The moments at which the state file is cut off too: once with a state before it, once, at the first deploy, without. */
const STATE_CUT: ReadonlySet<string> = new Set(["access: 8", "lob-a: 2"]);

async function main(): Promise<void> {
  const deployment = await startDeployment({
    name: "ten-kills",
    config: "config/local.json",
    settledRoute53: true,
    change: (config) => ({ ...withLobs(config, 1), onPremise: null }),
  });
  try {
    await deployment.synth();
    const recovered: Recovered[] = [];
    for (const [stack, moments] of MOMENTS) {
      for (const completed of moments) {
        const isStateCut = STATE_CUT.has(`${stack}: ${completed}`);
        const one = await recoveredDeploy(deployment, stack, completed, isStateCut);
        recovered.push(one);
        process.stdout.write(`${row(one)}\n`);
      }
      await deployEnds(deployment, stack);
    }
    process.stdout.write(`${["", ...HEAD, ...recovered.map(row)].join("\n")}\n`);
  } finally {
    await deployment.stop();
  }
}

async function deployEnds(deployment: LocalDeployment, stack: string): Promise<void> {
  await deployment.deploy([stack]);
  const { changed, changes } = await deployment.plan(stack);
  if (changed) throw new Error(`the second plan of ${stack} is not empty: ${changes.join(", ")}`);
  process.stdout.write(`${stack}: the deploy ended well, and the second plan is empty.\n`);
}

const HEAD = [
  "| stack | complete when killed | being created | state | adopted | what |",
  "| :- | -: | -: | :- | -: | :- |",
] as const;

function row({ stack, complete, begun, adopted, mended }: Recovered): string {
  const types = new Map<string, number>();
  for (const address of adopted) {
    const [type = ""] = address.split(".");
    types.set(type, (types.get(type) ?? 0) + 1);
  }
  const what = [...types].map(([type, count]) => (count === 1 ? `\`${type}\`` : `${count} \`${type}\``));
  const state = mended === undefined ? "whole" : "cut off";
  return `| ${stack} | ${complete} | ${begun.length} | ${state} | ${adopted.length} | ${what.join(", ")} |`;
}

endWith(main());
