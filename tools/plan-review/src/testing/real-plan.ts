import { readdirSync } from "node:fs";
import { join } from "node:path";

import { parsePlan, planWithout, type StackPlan } from "../model";
import type { RuleContext } from "../rules/rule";
import { readFixture, type RecordedStack } from "./fixture";

/** Folder of the recorded plans. */
export const FIXTURES = join(__dirname, "..", "..", "fixtures");

/** Names of the changes whose real plans are recorded. */
export function realPlanNames(): readonly string[] {
  return readdirSync(FIXTURES)
    .filter((file) => file.endsWith(".json.gz"))
    .map((file) => file.slice(0, -".json.gz".length))
    .sort();
}

/** What Terraform planned for a change (tools/e2e/src/plan-fixtures), as rules get it. */
export function realPlan(name: string): RuleContext {
  const { config, stacks } = readFixture(join(FIXTURES, `${name}.json.gz`));
  return { config, stacks: stacks.map(parsed) };
}

function parsed({ plan, ...rest }: RecordedStack): StackPlan {
  return plan === undefined ? planWithout(rest.stack, rest.error ?? "") : parsePlan({ plan, ...rest });
}
