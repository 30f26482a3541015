import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { CheckContext, LocalDeployment } from "@studio-access/local-deployment";
import { JOURNEYS } from "@studio-access/local-deployment";

import { expectToHold } from "../expectations";
import { verifyState } from "../verify-state";

const CONDITION = /,?\\?"Condition\\?":\{\\?"StringEquals\\?":\{\\?"aws:SourceVpce\\?":\[[^\]]*\]\}\}/;

/**
 * Deploys the access role without its condition on the VPC endpoints. No journey fails, since all of them use the right
 * endpoint; the proofs from the state fail.
 */
export async function openedStackIsASurprise(
  deployment: LocalDeployment,
  context: CheckContext,
): Promise<void> {
  const file = join(deployment.workspace.outdir, "stacks", "lob-a", "cdk.tf.json");
  const synthesized = await readFile(file, "utf8");
  const opened = synthesized.replace(CONDITION, "");
  expect(opened).not.toBe(synthesized);
  // The stack was deployed in a folder of the operator's command.
  await deployment.terraform("lob-a", ["init", "-input=false", "-reconfigure", "-no-color"]);
  const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
  await writeFile(file, opened);
  try {
    await deployment.terraform("lob-a", apply);
    for (const check of JOURNEYS.filter(({ name }) => name.startsWith("a user gets a Studio URL")))
      await expectToHold(check, context);
    await expect(verifyState(deployment)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/\d+ of \d+ cells are a surprise/) as unknown,
    });
  } finally {
    await writeFile(file, synthesized);
    await deployment.terraform("lob-a", apply);
  }
}
