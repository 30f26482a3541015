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
