import { readFile } from "node:fs/promises";

import { loadConfig } from "@studio-access/config";
import type { CheckContext, LocalDeployment } from "@studio-access/local-deployment";

import { verifyState } from "../verify-state";
import { operate } from "./operator-command";
import { lobNamed, openSpaces } from "./users-in-studio";

/**
 * A person with an open Studio and a running app is offboarded, and readmitted.
 *
 * @param context - with the person signed in, who is the first user of the line of business
 */
export async function offboardEndsAccess(
  deployment: LocalDeployment,
  lobName: string,
  context: CheckContext,
): Promise<void> {
  const lob = lobNamed(deployment, lobName);
  const [name = ""] = lob.users;
  const token = context.users.find((user) => user.name === name)?.token ?? "";
  const ask = async (): Promise<{ status: number; body: string }> => {
    const { status, body } = await context.api.get(name, { token, accept: "application/json" });
    return { status, body };
  };
  const { url } = JSON.parse((await ask()).body) as { url: string };
  const { cookie } = await context.api.open(url);
  const inStudio = async (): Promise<number> =>
    (await context.api.ask(`${new URL(url).origin}/`, { cookie })).status;
  await openSpaces(deployment, lob, 1);
  expect(await inStudio()).toBe(200);

  const { configFile } = deployment.workspace;
  const before = await readFile(configFile, "utf8");
  const shown = await offboard(deployment, name, "--dry-run");
  expect(shown).toContain(`\nEnds:\n${lobName}: JupyterLab default in space work-0, space work-0\n`);
  expect([await readFile(configFile, "utf8"), await inStudio()]).toEqual([before, 200]);

  const done = await offboard(deployment, name, "--auto-approve");
  expect(done).toMatch(/^\d\d:\d\d:\d\d {2}.* open sessions end at their next request$/m);
  expect(await inStudio()).toBe(403);
  await expect(ask()).resolves.toMatchObject({
    status: 403,
    body: expect.stringContaining('"user_blocked"') as unknown,
  });
  await expect(verifyState(deployment)).resolves.toMatch(/all \d+ cells are as the config calls for/);

  // Repeated, and with what is stored.
  const again = await offboard(deployment, name, "--delete-data", "--auto-approve");
  expect(again).toContain(`The config blocks ${name} already.`);
  expect(again).toContain(`${lobName}: no private space is left`);

  // What was denied is allowed again, which the review wants a reason for.
  const back = await operate(deployment, "offboard", ["--user", name, "--readmit", "--auto-approve"]);
  expect(back.code).toBe(1);
  expect(back.stdout).toContain(`✖ policy-wider in ${lobName}, ${lobName}/AccessRole/Policy: `);
  await deployment.reconfigure(loadConfig(configFile));
  await deployment.deploy([lobName]);
  expect([await inStudio(), (await ask()).status]).toEqual([200, 200]);
}

async function offboard(deployment: LocalDeployment, user: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await operate(deployment, "offboard", ["--user", user, ...args]);
  expect({ code, end: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, end: "" });
  await deployment.reconfigure(loadConfig(deployment.workspace.configFile));
  return stdout;
}
