import { setTimeout as delay } from "node:timers/promises";

import { awsFailure } from "./aws-failure";
import { fail, notChecked, type Check, type Finding, type Result } from "./finding";

/** Longest time for one check: more than AWS's slow responses need. */
const LONGEST_CHECK_MS = 120_000;

/**
 * Runs all checks at the same time; none depends on another's result.
 *
 * @param onDone called for each check that has ended
 * @returns the findings, in the order of the checks
 */
export async function examine(
  checks: readonly Check[],
  onDone: (name: string) => void = () => undefined,
  longestMs: number = LONGEST_CHECK_MS,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await findingsOf(check, longestMs);
      onDone(check.name);
      return findings;
    }),
  );
  return found.flat();
}

async function findingsOf({ name, find }: Check, longestMs: number): Promise<readonly Finding[]> {
  const timer = new AbortController();
  const overdue = delay(longestMs, undefined, { signal: timer.signal }).then(
    () => [notChecked(name, `no answer within ${longestMs / 1000} seconds`)],
    () => [],
  );
  try {
    return await Promise.race([find(), overdue]);
  } catch (error) {
    return [failedCheck(name, error)];
  } finally {
    timer.abort();
  }
}

/** The finding for a check that rejected: AWS refused a call, or the check has a bug. */
export function failedCheck(name: string, error: unknown): Finding {
  const refusal = awsFailure(error);
  if (refusal !== undefined) return notChecked(name, refusal);
  const what = error instanceof Error ? error.message : String(error);
  return fail(name, `the check itself failed: ${what}`, "report it; the other checks do not depend on it");
}

/** 1 when anything fails; warnings do not. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ result }) => result === "fail") ? 1 : 0;
}

export function countOf(findings: readonly Finding[], result: Result): number {
  return findings.filter((finding) => finding.result === result).length;
}
