import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { loadConfig } from "@studio-access/config";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate, type Ended } from "./operator-command";
import { lobNamed } from "./users-in-studio";

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

/** Removes a line of business from the config after its teardown, and its account from the stacks that name it. */
export async function lobLeavesTheConfig(deployment: LocalDeployment, name: string): Promise<void> {
  const { id } = lobNamed(deployment, name).account;
  const followers = ["networking", "access"];
  const statesNaming = async (): Promise<readonly string[]> => {
    const files = followers.map((stack) => join(deployment.workspace.stateDirectory, `${stack}.tfstate`));
    const states = await Promise.all(files.map(async (file) => readFile(file, "utf8")));
    return followers.filter((_, index) => states[index]?.includes(id));
  };
  await expect(statesNaming()).resolves.toEqual(followers);

  const removed = expectSuccess(await operate(deployment, "remove-lob", ["--name", name]));
  expect(removed).toContain("./studio deploy networking access --config ");
  await readAgain(deployment);
  const deployed = expectSuccess(await operate(deployment, "deploy", [...followers, "--auto-approve"]));
  expect(deployed).toMatch(/✔ networking +applied\n✔ access +applied/);
  expect(deployed).not.toContain("Still to be deployed");
  await expect(statesNaming()).resolves.toEqual([]);
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
