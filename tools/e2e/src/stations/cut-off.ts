import type { LocalDeployment } from "@studio-access/local-deployment";

import { killedDeploy } from "../cut-off/killed-deploy";
import { recoveredDeploy } from "../cut-off/recovered-deploy";
import { operate } from "./operator-command";
import { confirmed, expectNothingLeft } from "./teardown";

/** A deploy of a line of business, of which nothing is there, is cut off, and a teardown sees what no state has. */
export async function teardownNamesWhatACutOffDeployLeft(
  deployment: LocalDeployment,
  lob: string,
): Promise<void> {
  await killedDeploy(deployment, lob, 26);
  const there = await deployment.aws.inventory();
  const { code, stdout } = await operate(deployment, "teardown", ["--lob", lob, ...confirmed(deployment)]);
  expect(code).toBe(1);
  expect(stdout).toContain(`Adopt it first: ./studio recover ${lob}\n`);
  await expect(deployment.aws.inventory()).resolves.toEqual(there);
}

/** Adopts that, is cut off once more, and adopts what this left. Then a deploy ends well, and so does a teardown. */
export async function recoverAdoptsWhatACutOffDeployLeft(
  deployment: LocalDeployment,
  lob: string,
): Promise<void> {
  const found = await operate(deployment, "recover", [lob, "--dry-run"]);
  expect({ code: found.code, stdout: found.stdout }).toEqual({
    code: 2,
    stdout: expect.stringMatching(/^import \{\n {2}to = aws_/m) as unknown,
  });
  const adopted = await operate(deployment, "recover", [lob, "--yes"]);
  expect({ code: adopted.code, stderr: adopted.code === 0 ? "" : adopted.stderr }).toEqual({
    code: 0,
    stderr: "",
  });
  const again = await recoveredDeploy(deployment, lob, 4);
  expect(again.begun.length).toBeGreaterThan(0);

  await deployment.deploy([lob]);
  await expect(deployment.plan(lob)).resolves.toEqual({ changed: false, changes: [] });
  expectNothingLeft(await operate(deployment, "teardown", ["--lob", lob, ...confirmed(deployment)]));
  await expect(deployment.state(lob)).resolves.toMatchObject({ resources: 0 });
}
