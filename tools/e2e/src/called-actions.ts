import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { actionOf } from "@studio-access/local-aws";

interface LoggedCall {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly account?: string;
}

/** Requests to pages of the local AWS itself, for which no policy is evaluated. */
const NOT_AWS = new Set(["mount"]);

/**
 * IAM actions of the calls that a local AWS logged, by account.
 *
 * @param since ISO 8601, UTC: earlier calls are left out
 * @throws {Error} on a call whose IAM action this code does not know
 */
export async function calledActions(
  { workspace }: LocalDeployment,
  since: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const text = await readFile(join(workspace.logs, "requests.jsonl"), "utf8");
  const calls = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LoggedCall)
    .filter(({ time, service }) => time >= since && !NOT_AWS.has(service));
  const found = new Map<string, Set<string>>();
  for (const call of calls) {
    const account = call.account ?? "none";
    const actions = found.get(account) ?? new Set<string>();
    found.set(account, actions.add(requiredAction(call)));
  }
  return found;
}

function requiredAction(call: LoggedCall): string {
  const action = actionOf(call);
  if (action === undefined)
    throw new Error(`Which IAM action does a call of ${call.service} need: ${call.operation}?`);
  return action;
}
