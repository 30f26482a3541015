import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { CheckContext, LocalDeployment } from "@studio-access/local-deployment";
import { STACK_FILE, stackFolder } from "@studio-access/terraform";

import { inAccount } from "../aws";
import { operate } from "./operator-command";

const SHARED = "111111111111";
const PRESIGN = "studio-access-local-presign";
const SMOKE = "studio-access-local-smoke";
const USER = "user-lob-a";
const OTHER = "user-lob-b";
const AS_OPERATOR = { operator: { userName: OTHER, reason: "not an operator" } };

/** By default there is no smoke-test function, and nobody gets another user's URL. */
export async function smokeTestIsOff(deployment: LocalDeployment): Promise<void> {
  const { code, stdout, stderr } = await operate(deployment, "smoke", ["--user", USER]);
  expect({ code, stdout: stdout.includes("✔") }).toEqual({ code: 1, stdout: false });
  expect(stderr).toContain("has no smoke-test function");
  expect(await invoke(deployment, PRESIGN, AS_OPERATOR)).toMatchObject({ statusCode: 403 });
}

/** Switches the smoke test on or off. Every other stack is synthesized to the same bytes, so that there is nothing to deploy. */
export async function switchSmokeTest(deployment: LocalDeployment, smokeTest: boolean): Promise<void> {
  const before = await synthesizedBeside(deployment, "access");
  await deployment.reconfigure({ ...deployment.workspace.config, smokeTest });
  expect(await synthesizedBeside(deployment, "access")).toEqual(before);
  await deployment.deploy(["access"]);
}

/** Text of every synthesized stack but one, by the stack's name. */
async function synthesizedBeside(
  { stacks, workspace }: LocalDeployment,
  left: string,
): Promise<Readonly<Record<string, string>>> {
  const read = stacks
    .filter((name) => name !== left)
    .map(async (name) => [
      name,
      await readFile(join(stackFolder(workspace.outdir, name), STACK_FILE), "utf8"),
    ]);
  return Object.fromEntries(await Promise.all(read)) as Readonly<Record<string, string>>;
}

/** With the smoke test, an operator learns whether a user would get a URL, and gets the URL when giving a reason. */
export async function smokeTestIsOn(deployment: LocalDeployment, { api }: CheckContext): Promise<void> {
  let tested = await operate(deployment, "smoke", ["--user", USER]);
  // The function gives each service 2.5 seconds, which its first call can exceed on a busy machine. A missing path would
  // fail the second call too.
  if (tested.stdout.includes("upstream_timeout"))
    tested = await operate(deployment, "smoke", ["--user", USER]);
  expect(tested).toMatchObject({ code: 0, stdout: expect.stringContaining(`✔ ${USER}: 200.`) as unknown });
  expect(tested.stdout + tested.stderr).not.toMatch(/token=/);

  const unknown = await operate(deployment, "smoke", ["--user", "nobody-at-all"]);
  expect(unknown).toMatchObject({ code: 1, stdout: expect.stringContaining("(user_unknown)") as unknown });

  const shown = await operate(deployment, "smoke", [
    "--user",
    USER,
    "--show-url",
    "--reason",
    "end-to-end test",
  ]);
  const url = /^http:\S+$/m.exec(shown.stdout)?.[0] ?? "none";
  const page = await api.open(url, "on-premise");
  expect({ code: shown.code, status: page.status }).toEqual({ code: 0, status: 200 });
  expect(page.body).toContain(USER);
  expect((await api.open(url, "internet")).status).toBe(403);

  const log = await readFile(join(deployment.workspace.logs, `lambda-${SMOKE}.log`), "utf8");
  expect(log).toContain('"outcome":"tested"');
  expect(log).toMatch(/"level":"WARN".*"outcome":"handed_over".*"reason":"end-to-end test"/);
  expect(log).not.toMatch(/token=|sagemaker\.aws/);
}

/** A user cannot act as an operator through the API, and an operator cannot forge an API request, even when switched on. */
export async function nobodyPlaysTheOperator(
  deployment: LocalDeployment,
  context: CheckContext,
): Promise<void> {
  const { token = "" } = context.users.find(({ name }) => name === USER) ?? {};
  const api = `${await deployment.apiUrl()}/${OTHER}`;
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    operator: JSON.stringify(AS_OPERATOR.operator),
    "x-local-vantage": "on-premise",
  };
  const query = new URLSearchParams({ operator: headers.operator }).toString();
  const asked = await fetch(`${api}?${query}`, { headers, redirect: "manual" });
  const posted = await fetch(api, { method: "POST", headers, body: JSON.stringify(AS_OPERATOR) });
  expect([asked.status, posted.status]).toEqual([403, 403]);

  // The console's test event: an API Gateway event without an authorizer's context.
  const consoleTest = { ...AS_OPERATOR, ...apiEvent({}) };
  // An event that an operator could forge to be logged as the user.
  const forged = apiEvent({ authorizer: { userName: OTHER } });
  for (const event of [consoleTest, forged, { ...AS_OPERATOR, ...forged }]) {
    expect(await invoke(deployment, SMOKE, event)).toMatchObject({ statusCode: 403 });
  }
  expect(await invoke(deployment, PRESIGN, consoleTest)).toMatchObject({ statusCode: 403 });
  expect(await invoke(deployment, PRESIGN, AS_OPERATOR)).toMatchObject({ statusCode: 403 });
}

function apiEvent(requestContext: object): object {
  return { resource: "/{user_id}", httpMethod: "GET", pathParameters: { user_id: OTHER }, requestContext };
}

async function invoke(deployment: LocalDeployment, name: string, event: object): Promise<unknown> {
  const client = new LambdaClient(inAccount(deployment, SHARED));
  const Payload = Buffer.from(JSON.stringify(event));
  const { Payload: answer } = await client.send(new InvokeCommand({ FunctionName: name, Payload }));
  return JSON.parse(Buffer.from(answer ?? []).toString());
}
