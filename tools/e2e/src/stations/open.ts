import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate } from "./operator-command";

const USER = "user-lob-a";

/** Signs in with a password from stdin, and prints a URL that opens only from the corporate network. */
export async function openPrintsUrl(deployment: LocalDeployment): Promise<void> {
  const password = await passwordOf(deployment, USER);
  const { code, stdout, stderr } = await operate(
    deployment,
    "open",
    ["--user", USER, "--password-stdin", "--print"],
    `${password}\n`,
  );
  expect({ code, stderr: stderr.includes("token=") || stderr.includes(password) }).toEqual({
    code: 0,
    stderr: false,
  });
  const url = stdout.trim();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/studio\/d-[a-z0-9]+\/auth\?token=\S+$/);
  const page = await visit(url, "on-premise");
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(USER);
  expect((await visit(url, "internet")).status).toBe(403);
}

/** Explains refusals without repeating a secret. */
export async function openExplainsRefusals(deployment: LocalDeployment): Promise<void> {
  const wrong = "not-the-password";
  const refused = await operate(deployment, "open", ["--user", USER, "--password-stdin", "--print"], wrong);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain("User name or password is not right");
  expect(refused.stderr).not.toContain(wrong);

  const claims = Buffer.from(JSON.stringify({ exp: 1, username: USER })).toString("base64url");
  const expired = `e30.${claims}.c2lnbmF0dXJl`;
  const unauthorized = await operate(
    deployment,
    "open",
    ["--user", USER, "--token-stdin", "--print"],
    expired,
  );
  expect(unauthorized).toMatchObject({ code: 1, stdout: "" });
  expect(unauthorized.stderr).toMatch(/answered 401 unauthorized.*The token expired.*Request id: [\w-]{8,}/s);
  expect(unauthorized.stderr).not.toContain(expired);

  const typed = await operate(deployment, "open", ["--user", USER, "--password", wrong]);
  expect(typed).toMatchObject({ code: 1, stdout: "" });
  expect(typed.stderr).not.toContain(wrong);
}

async function passwordOf(deployment: LocalDeployment, user: string): Promise<string> {
  const found = (await deployment.signIns()).find((signIn) => signIn.user === user);
  if (found === undefined) throw new Error(`${user} is no user of this deployment`);
  return found.password;
}

function visit(url: string, vantage: string): Promise<Response> {
  return fetch(url, { headers: { "x-local-vantage": vantage }, redirect: "manual" });
}
