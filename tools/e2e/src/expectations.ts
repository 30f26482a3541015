import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { runCheck, type CheckContext, type JOURNEYS } from "@studio-access/local-deployment";

type Journey = (typeof JOURNEYS)[number];

/** Runs a check of `npm start`; a failure shows the observed result. */
export async function expectToHold(check: Journey, context: CheckContext): Promise<void> {
  const { ok, detail } = await runCheck(check, context);
  expect({ check: check.name, ok, detail }).toEqual({
    check: check.name,
    ok: true,
    detail: expect.any(String) as unknown,
  });
}

/** Expects that no file of a folder of logs has one of these texts in it. */
export async function expectInNoLog(logs: string, secrets: readonly string[]): Promise<void> {
  for (const name of await readdir(logs)) {
    const log = await readFile(join(logs, name), "utf8");
    expect([name, secrets.filter((secret) => log.includes(secret))]).toEqual([name, []]);
  }
}
