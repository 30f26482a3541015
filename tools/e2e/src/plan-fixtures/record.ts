import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { startDeployment, type LocalDeployment } from "@studio-access/local-deployment";
import { FIXTURES, writeFixture } from "@studio-access/plan-review/testing";
import { checkoutRoot, endWith } from "@studio-access/terraform-cli";
import pMap from "p-map";

import { FIRST_DEPLOY } from "./config-scenarios";
import { mirrorWithMore } from "./provider-mirror";
import { Recorder } from "./recorder";
import type { Scenario } from "./scenario";
import { SCENARIOS } from "./scenarios";

/**
 * Records real plans: `npm run -w tools/plan-review fixtures -- [SCENARIO …]`. First deploys the stacks that the scenarios
 * need into a separate local AWS. Without names it records all scenarios, which takes half an hour.
 */

const AT_ONCE = 2;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function record(recorder: Recorder, scenario: Scenario): Promise<void> {
  const planned = Object.entries(scenario.stacks);
  const recorded = await pMap(
    planned,
    ([stack, edit]) => Promise.allSettled([recorder.record(stack, scenario.name, edit, scenario.flags)]),
    { concurrency: AT_ONCE },
  );
  // Waits for all plans, since the next step synthesizes again, or stops the local AWS that a plan still reads.
  const stacks = recorded.flat().map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
  const file = join(FIXTURES, `${scenario.name}.json.gz`);
  writeFixture(file, { scenario: scenario.name, config: recorder.config, stacks }, checkoutRoot());
  const failed = stacks.filter(({ error }) => error !== undefined);
  say(`${scenario.name}: ${(await stat(file)).size} bytes`);
  for (const { stack, error } of failed) say(`  ${stack}: ${String(error)}`);
}

/** Stacks that the scenarios plan or read, and the two stacks that all others depend on. */
function neededStacks(scenarios: readonly Scenario[], stacks: readonly string[]): readonly string[] {
  const planned = new Set(scenarios.flatMap((each) => [...Object.keys(each.stacks), ...(each.needs ?? [])]));
  return stacks.filter((stack) => ["networking", "access"].includes(stack) || planned.has(stack));
}

async function recordAll(deployment: LocalDeployment, scenarios: readonly Scenario[]): Promise<void> {
  const given = deployment.workspace.config;
  const recorder = new Recorder(deployment);
  await deployment.synth();
  if (scenarios.includes(FIRST_DEPLOY)) await record(recorder, FIRST_DEPLOY);
  const changes = scenarios.filter((each) => each !== FIRST_DEPLOY);
  if (changes.length === 0) return;
  const stacks = neededStacks(changes, deployment.stacks);
  say(`Deploying ${stacks.join(", ")} …`);
  await deployment.deploy(stacks);
  for (const stack of stacks) await recorder.learn(stack);
  for (const scenario of changes) {
    if (scenario.config !== undefined) await deployment.reconfigure(scenario.config(given));
    try {
      await record(recorder, scenario);
    } catch (error) {
      say(`${scenario.name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
    if (scenario.config !== undefined) await deployment.reconfigure(given);
  }
}

async function run(wanted: readonly string[]): Promise<void> {
  const known = [FIRST_DEPLOY, ...SCENARIOS];
  const unknown = wanted.filter((name) => !known.some((each) => each.name === name));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(", ")}`);
  const mirror = join(checkoutRoot(), ".studio-access", "plan-fixtures-mirror");
  await mirrorWithMore(mirror);
  process.env["STUDIO_ACCESS_PROVIDER_MIRROR"] = mirror;
  await mkdir(FIXTURES, { recursive: true });
  const deployment = await startDeployment({ name: "plan-fixtures", config: "config/local.json" });
  try {
    await recordAll(
      deployment,
      wanted.length === 0 ? known : known.filter(({ name }) => wanted.includes(name)),
    );
  } finally {
    await deployment.stop();
  }
  say(`${(await readdir(FIXTURES)).length} files in ${FIXTURES}`);
}

endWith(run(process.argv.slice(2)));
