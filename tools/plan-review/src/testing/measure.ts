/**
 * CPU seconds of what once took long: `npm run -w tools/plan-review measure`. The exit code is 1 when one takes longer than it
 * should.
 */
import { isRecord } from "@studio-access/terraform";

import type { Attributes, ResourceChange, StackPlan } from "../model";
import { markdownReport } from "../report";
import { review } from "../review";
import { policyWider } from "../rules/policy-wider";
import { realPlan } from "./real-plan";

const STACKS = 200;

function cpuSeconds(run: () => unknown): number {
  const began = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** The first time includes what is read and compiled once for all stacks. */
function measure(what: string, budget: number, run: () => unknown): void {
  const first = cpuSeconds(run);
  const again = Math.min(...Array.from({ length: 5 }, () => cpuSeconds(run)));
  process.stdout.write(
    `${what}: ${first.toFixed(2)} s of CPU at first, ${again.toFixed(2)} s again, of at most ${budget}\n`,
  );
  if (again > budget) process.exitCode = 1;
}

function stackOf(plans: readonly StackPlan[], stack: string): StackPlan {
  const plan = plans.find((each) => each.stack === stack);
  if (plan === undefined) throw new RangeError(`no plan of ${stack}`);
  return plan;
}

const DENY = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
const UNENCRYPTED = { Bool: { "aws:SecureTransport": "false" } };

/** The same, with one statement more in every policy. */
function withDeny(values: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== "string" || !value.includes('"Statement"')) return [name, value];
      const policy: unknown = JSON.parse(value);
      const statements = isRecord(policy) ? [policy["Statement"]].flat() : [];
      const { Principal, ...identity } = DENY;
      const isAttached = statements.some((each) => isRecord(each) && "Principal" in each);
      const isTrust = statements.some((each) => isRecord(each) && !("Resource" in each));
      const { Resource, ...trust } = { ...identity, Principal };
      const added = isTrust ? trust : { ...identity, Resource, ...(isAttached && { Principal }) };
      const all = [...statements, { ...added, Condition: UNENCRYPTED }];
      return [name, JSON.stringify({ ...(isRecord(policy) ? policy : {}), Statement: all })];
    }),
  );
}

function everyPolicyChanged(plan: StackPlan): StackPlan {
  const changed = ({ after, ...rest }: ResourceChange): ResourceChange =>
    after === null ? { ...rest, after } : { ...rest, kind: "update", after: withDeny(after) };
  return { ...plan, resources: plan.resources.map(changed) };
}

const unchanged = realPlan("no-change");
const access = everyPolicyChanged(stackOf(unchanged.stacks, "access"));
measure(`policy-wider, all ${access.resources.length} resources of the access stack`, 0.1, () =>
  policyWider.check({ ...unchanged, stacks: [access] }),
);

const added = realPlan("lob-added");
const lob = added.stacks.find(({ resources }) =>
  resources.every(({ kind }) => kind === "create" || kind === "read"),
);
const stacks = Array.from({ length: STACKS }, (_, index) => ({
  ...(lob ?? stackOf(added.stacks, "access")),
  stack: `lob-${index}`,
}));
const reviewed = review({ ...added, stacks }, []);
measure(`Markdown of ${STACKS} stacks with ${stacks[0]?.resources.length} resources each`, 0.5, () =>
  markdownReport(reviewed, added.config),
);
