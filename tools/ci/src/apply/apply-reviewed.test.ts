import type { PlanOperations } from "@studio-access/terraform-cli";

import { applyReviewed, type ReviewedStack } from "./apply-reviewed";

/** Stacks whose plans have the file's name as their changes. */
class FakeStacks implements PlanOperations {
  readonly journal: string[] = [];
  /** The changes of a second plan, by stack. */
  readonly again = new Map<string, string>();
  /** Stacks whose outputs change when they are applied. */
  readonly changingOutputs = new Set<string>();
  readonly failing = new Map<string, string>();
  readonly #applied = new Set<string>();

  plannedChanges(_stack: string, planFile: string): Promise<string> {
    return Promise.resolve(planFile.replace(/ \(again\)$/, ""));
  }

  planAgain(stack: string): Promise<string> {
    this.journal.push(`plan ${stack}`);
    return Promise.resolve(`${this.again.get(stack) ?? `change ${stack}`} (again)`);
  }

  apply(stack: string, planFile: string): Promise<void> {
    this.journal.push(`apply ${stack}: ${planFile}`);
    const failure = this.failing.get(stack);
    if (failure !== undefined) return Promise.reject(new Error(failure));
    this.#applied.add(stack);
    return Promise.resolve();
  }

  outputs(stack: string): Promise<string> {
    return Promise.resolve(this.#applied.has(stack) && this.changingOutputs.has(stack) ? "new" : "old");
  }
}

function reviewed(stack: string, ...dependencies: readonly string[]): ReviewedStack {
  return { stack, dependencies, planFile: `change ${stack}` };
}

const HUB = reviewed("networking");
const ACCESS = reviewed("access", "networking");
const LOB = reviewed("lob-a", "networking", "access");

let stacks: FakeStacks;
beforeEach(() => (stacks = new FakeStacks()));

async function apply(...all: readonly ReviewedStack[]): Promise<readonly string[]> {
  const reported: string[] = [];
  const done = await applyReviewed(all, stacks, ({ stack }) => reported.push(stack));
  expect(reported).toEqual(done.map(({ stack }) => stack));
  return done.map(
    (applied) => `${applied.stack} ${applied.outcome}${"reason" in applied ? `: ${applied.reason}` : ""}`,
  );
}

describe("applying what was reviewed", () => {
  it("applies the reviewed files, in order, where no output that they read has changed", async () => {
    await expect(apply(HUB, ACCESS, LOB)).resolves.toEqual([
      "networking applied",
      "access applied",
      "lob-a applied",
    ]);
    expect(stacks.journal).toEqual([
      "apply networking: change networking",
      "apply access: change access",
      "apply lob-a: change lob-a",
    ]);
  });

  it("plans a stack again that reads changed outputs, and applies the new plan where its changes are the same", async () => {
    stacks.changingOutputs.add("networking");
    await expect(apply(HUB, ACCESS)).resolves.toEqual([
      "networking applied",
      "access applied as planned again",
    ]);
    expect(stacks.journal).toEqual([
      "apply networking: change networking",
      "plan access",
      "apply access: change access (again)",
    ]);
  });

  it("stops where the new plan has other changes, and applies nothing after it", async () => {
    stacks.changingOutputs.add("networking");
    stacks.again.set("access", "destroy everything");
    const [, stopped, ...rest] = await apply(HUB, ACCESS, LOB);
    expect(stopped).toMatch(
      /^access stopped: the outputs of networking have changed.* Start the deploy again/,
    );
    expect(rest).toEqual([]);
    expect(stacks.journal).toEqual(["apply networking: change networking", "plan access"]);
  });

  it("plans no stack again for changed outputs that it does not read", async () => {
    stacks.changingOutputs.add("on-premise");
    await apply(reviewed("on-premise"), LOB);
    expect(stacks.journal).not.toContain("plan lob-a");
  });

  it("stops at a stack that could not be planned before the others", async () => {
    const [, stopped, ...rest] = await apply(HUB, { ...ACCESS, planFile: undefined }, LOB);
    expect(stopped).toMatch(/^access stopped: it has no reviewed plan.* asks for another approval/);
    expect(rest).toEqual([]);
  });

  it("explains a stale plan, and repeats Terraform's message for any other failure", async () => {
    stacks.failing.set("networking", "terraform apply of networking failed: Error: Saved plan is stale");
    await expect(apply(HUB, ACCESS)).resolves.toEqual([
      expect.stringMatching(
        /^networking stopped: its state was changed after the plan was made.* Start the deploy again/,
      ),
    ]);
    stacks.failing.set("networking", "Error: no such zone");
    await expect(apply(HUB, ACCESS)).resolves.toEqual(["networking stopped: Error: no such zone"]);
  });
});
