/**
 * Tries wrong changes of a good state, and prints how many turn the proof red: `npm run -w tools/verify mutations --
 * --count N --seed S`. Exits with 1 when one survives without a reason.
 */
import { parseArgs } from "node:util";

import { domainConfig, withDomain } from "../domain";
import { sampleConfig, sampleState } from "../sample";
import { groupsConfig, groupsState } from "../user-groups";
import { workflowsConfig, workflowsState } from "../workflows";
import { DOMAIN_MUTATIONS, FURTHER_MUTATIONS, GROUP_MUTATIONS, MUTATIONS, WORKFLOW_MUTATIONS } from ".";
import { CLASSES } from "./classes";
import { classScore, generatedScore, goodConfig, goodState, type Score } from "./generated-score";
import { tryMutation } from "./kill";

const { values } = parseArgs({
  options: { count: { type: "string", default: "300" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || !Number.isInteger(seed))
  throw new RangeError("--count and --seed are whole numbers");

function print(what: string, { tried, red, excused, open }: Score): void {
  const excuses = [...excused.values()].reduce((sum, each) => sum + each, 0);
  process.stdout.write(
    `${what}: ${red} of ${tried} are red, ${excuses} do no harm, ${open.length} survive\n`,
  );
  for (const [reason, number] of excused) process.stdout.write(`    ${number} × ${reason}\n`);
  for (const name of open) process.stdout.write(`    SURVIVES ${name}\n`);
  if (open.length > 0) process.exitCode = 1;
}

const kills = [
  ...MUTATIONS.map((mutation) => tryMutation(mutation, sampleState(), sampleConfig)),
  ...WORKFLOW_MUTATIONS.map((mutation) => tryMutation(mutation, workflowsState(), workflowsConfig)),
  ...GROUP_MUTATIONS.map((mutation) => tryMutation(mutation, groupsState(), groupsConfig)),
  ...DOMAIN_MUTATIONS.map((mutation) => tryMutation(mutation, withDomain(sampleState()), domainConfig)),
  ...FURTHER_MUTATIONS.map((mutation) => tryMutation(mutation, goodState, goodConfig)),
];
const open = kills.filter(({ cell }) => cell === undefined).map(({ mutation }) => mutation.name);
print("changes by hand, each in a cell of its own", {
  tried: kills.length,
  red: kills.length - open.length,
  excused: new Map(),
  open,
});
for (const name of Object.keys(CLASSES))
  print(name, classScore(name, Math.max(20, Math.round(count / 10)), seed));
print(`changes by machine, seed ${seed}`, generatedScore(count, seed));
