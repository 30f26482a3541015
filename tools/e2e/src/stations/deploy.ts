import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate, operateAtTerminal } from "./operator-command";

/**
 * Deploys everything into an empty AWS in rounds: a stack can only be planned once those that it reads are there.
 *
 * @returns what was printed
 */
export async function firstDeployHasRounds(deployment: LocalDeployment): Promise<string> {
  const { code, stdout, stderr } = await operate(deployment, "deploy", ["--auto-approve"]);
  expect({ code, end: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, end: "" });
  const applied = [...stdout.matchAll(/^✔ ([\w-]+) +applied$/gm)].map(([, stack]) => stack);
  expect(applied).toEqual(deployment.stacks);
  expect(stdout.match(/^The whole review: /gm)).toHaveLength(3);
  return stdout + stderr;
}

/** Without a terminal, and without `--auto-approve`, nobody can be asked. */
export async function deployNeedsConsent(deployment: LocalDeployment): Promise<void> {
  const { code, stdout, stderr } = await operate(deployment, "deploy", ["lob-c"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("nothing was planned");
  expect(stderr).not.toContain("Synthesizing");
}

/** A new line of business, which the hub's and the access stack's policies do not name yet. */
export async function deployNamesWhatFollows(deployment: LocalDeployment): Promise<void> {
  const { code, stdout, stderr } = await operate(deployment, "deploy", ["lob-c", "--auto-approve"]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain("✔ lob-c  applied\n");
  for (const stack of ["networking", "access"])
    expect(stdout).toMatch(
      new RegExp(`^  ${stack}: \\d+ to change\\n    now names account \\d+ \\(lob-c\\): `, "m"),
    );
  expect(stdout).toContain("\nDeploy them: ./studio deploy networking access\n");
}

/** Somebody else deploys the hub while the plans wait for their approval. */
export async function stalePlanIsRefused(deployment: LocalDeployment): Promise<void> {
  const { code, stdout } = await operateAtTerminal(deployment, "deploy", ["networking", "access"], {
    prompt: "Only 'yes' applies them:",
    answer: async () => {
      await deployment.deploy(["networking"]);
      return "yes";
    },
  });
  expect(stdout).toMatch(/✖ networking +failed: its state was changed after the plan was made/);
  expect(stdout).toMatch(/- access +not begun: it reads networking/);
  expect(code).toBe(1);
}

/** Deploys the stacks that follow, after which no other stack has changes. */
export async function deployEnds(deployment: LocalDeployment): Promise<void> {
  const { code, stdout } = await operate(deployment, "deploy", ["networking", "access", "--auto-approve"]);
  expect(stdout).toMatch(/✔ access +applied/);
  expect(stdout).toMatch(/· networking +no changes/);
  expect(stdout).not.toContain("Still to be deployed");
  expect(code).toBe(0);
}
