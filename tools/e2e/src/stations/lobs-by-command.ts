import { readFile } from "node:fs/promises";

import { loadConfig } from "@studio-access/config";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate, type Ended } from "./operator-command";

export interface NewLob {
  readonly name: string;
  readonly account: string;
  readonly users: readonly string[];
}

/** Adds a line of business to the config; all that is not given follows from the others. */
export async function addLob(deployment: LocalDeployment, { name, account, users }: NewLob): Promise<void> {
  const args = ["--name", name, "--account", account, "--users", ...users];
  const stdout = expectSuccess(await operate(deployment, "add-lob", args));
  expect(stdout).toContain(`./studio deploy ${name} --config `);
  await readAgain(deployment);
}

/** While it is deployed, its entry stays, since a teardown needs it. */
export async function deployedLobStays(deployment: LocalDeployment, name: string): Promise<void> {
  const { configFile } = deployment.workspace;
  const before = await readFile(configFile, "utf8");
  const { code, stderr } = await operate(deployment, "remove-lob", ["--name", name]);
  expect(code).toBe(1);
  expect(stderr).toContain(`./studio teardown --lob ${name} --confirm local --config ${configFile}\n`);
  await expect(readFile(configFile, "utf8")).resolves.toBe(before);
}

/** Removes a line of business from the config after its teardown, and deploys the stacks that name its account. */
export async function lobLeavesTheConfig(deployment: LocalDeployment, name: string): Promise<void> {
  const followers = ["networking", "access"];
  const removed = expectSuccess(await operate(deployment, "remove-lob", ["--name", name]));
  expect(removed).toContain("./studio deploy networking access --config ");
  await readAgain(deployment);
  const deployed = expectSuccess(await operate(deployment, "deploy", [...followers, "--auto-approve"]));
  expect(deployed).toMatch(/✔ networking +applied\n✔ access +applied/);
  expect(deployed).not.toContain("Still to be deployed");
  for (const stack of followers)
    await expect(deployment.plan(stack)).resolves.toEqual({ changed: false, changes: [] });
}

/** Takes over the config that a command has edited. */
async function readAgain(deployment: LocalDeployment): Promise<void> {
  await deployment.reconfigure(loadConfig(deployment.workspace.configFile));
}

function expectSuccess({ code, stdout, stderr }: Ended): string {
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}
