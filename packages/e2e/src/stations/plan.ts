import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { DeployedConfig, LocalDeployment } from "@studio-access/launch";
import type { ReviewJson } from "@studio-access/plan-review";

import { operate } from "./operator-command";

interface Planned {
  readonly code: number;
  /** Last line for people. */
  readonly verdict: string;
  readonly stdout: string;
  readonly review: ReviewJson;
}

export async function planFindsNoChanges(deployment: LocalDeployment): Promise<void> {
  const { code, verdict, review } = await plan(deployment, []);
  expect({ code, verdict }).toEqual({ code: 0, verdict: "No changes." });
  expect(review.stacks.map(({ stack }) => stack)).toEqual(deployment.stacks);
}

export async function planTellsChanges(deployment: LocalDeployment): Promise<void> {
  await withUsers(deployment, ["user-lob-a", "user-new"], async () => {
    const { code, verdict, review } = await plan(deployment, ["lob-a"]);
    expect({ code, verdict }).toEqual({
      code: 2,
      verdict: "There are changes; nothing blocks them.",
    });
    expect(review.stacks).toMatchObject([{ stack: "lob-a", counts: { add: 4, change: 0, destroy: 0 } }]);
    expect(review.findings.map(({ message }) => message).join("\n")).toContain("user-new");
  });
}

/** With the user a home directory would go. */
export async function planIsBlocked(deployment: LocalDeployment): Promise<void> {
  await withUsers(deployment, ["user-new"], async () => {
    const { code, verdict, stdout } = await plan(deployment, ["lob-a"]);
    expect({ code, verdict }).toEqual({ code: 3, verdict: "Blocked." });
    expect(stdout).toMatch(/✖ data-loss in lob-a, \S+/);
  });
}

/** As in a checkout without the state: what reads another stack's outputs has none to read. */
export async function planFails(deployment: LocalDeployment): Promise<void> {
  const { config } = deployment.workspace;
  const state = { backend: "local", directory: ".studio-access/e2e-second-day/no-state" };
  await withConfig(deployment, { ...config, state }, async () => {
    const { code, verdict, stdout } = await plan(deployment, ["access"]);
    expect({ code, verdict }).toEqual({ code: 1, verdict: "Not every stack could be planned." });
    expect(stdout).toContain("✖ access: Error: Unable to find remote state");
  });
}

async function plan(deployment: LocalDeployment, stacks: readonly string[]): Promise<Planned> {
  const file = join(deployment.workspace.directory, "review.json");
  const { code, stdout, stderr } = await operate(deployment, "plan", [...stacks, "--json", file]);
  const review = await readFile(file, "utf8").catch(() => {
    throw new Error(stderr);
  });
  const verdict = stdout.split("\n\nThe whole review:")[0]?.split("\n").at(-1) ?? "";
  return { code, verdict, stdout, review: JSON.parse(review) as ReviewJson };
}

/** What lob-a's users would be, and back. */
async function withUsers(
  deployment: LocalDeployment,
  users: readonly string[],
  look: () => Promise<void>,
): Promise<void> {
  const { config } = deployment.workspace;
  const linesOfBusiness = config.linesOfBusiness.map((lob) =>
    lob.name === "lob-a" ? { ...lob, users } : lob,
  );
  await withConfig(deployment, { ...config, linesOfBusiness }, look);
}

async function withConfig(
  deployment: LocalDeployment,
  changed: DeployedConfig,
  look: () => Promise<void>,
): Promise<void> {
  const { config } = deployment.workspace;
  await deployment.reconfigure(changed);
  try {
    await look();
  } finally {
    await deployment.reconfigure(config);
  }
}
