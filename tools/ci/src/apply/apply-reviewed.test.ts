import { applyReviewed, type ReviewedStack, type Stacks } from "./apply-reviewed";

/** Stacks whose plans do what their file's name says. */
class FakeStacks implements Stacks {
  readonly journal: string[] = [];
  /** By stack: what another plan of it would do. */
  readonly again = new Map<string, string>();
  /** Stacks whose outputs change when they are applied. */
  readonly handOutOthers = new Set<string>();
  readonly failing = new Map<string, string>();
  readonly #applied = new Set<string>();

  whatItDoes(_stack: string, planFile: string): Promise<string> {
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
    return Promise.resolve(this.#applied.has(stack) && this.handOutOthers.has(stack) ? "new" : "old");
  }
}

function reviewed(stack: string, ...dependencies: readonly string[]): ReviewedStack {
  return { stack, dependencies, planFile: `change ${stack}` };
}

const HUB = reviewed("networking");
const DOOR = reviewed("access", "networking");
const LOB = reviewed("lob-a", "networking", "access");

let stacks: FakeStacks;
beforeEach(() => (stacks = new FakeStacks()));

async function apply(...all: readonly ReviewedStack[]): Promise<readonly string[]> {
  const told: string[] = [];
  const done = await applyReviewed(all, stacks, ({ stack }) => told.push(stack));
  expect(told).toEqual(done.map(({ stack }) => stack));
  return done.map(
    (applied) => `${applied.stack} ${applied.outcome}${"reason" in applied ? `: ${applied.reason}` : ""}`,
  );
}

describe("applying what was reviewed", () => {
  it("applies the very files, in order, where nothing that they read has changed", async () => {
    await expect(apply(HUB, DOOR, LOB)).resolves.toEqual([
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

  it("plans again what reads a stack whose outputs changed, and applies it where it does the same", async () => {
    stacks.handOutOthers.add("networking");
    await expect(apply(HUB, DOOR)).resolves.toEqual([
      "networking applied",
      "access applied as planned again",
    ]);
    expect(stacks.journal).toEqual([
      "apply networking: change networking",
      "plan access",
      "apply access: change access (again)",
    ]);
  });

  it("stops where it would do something else, and applies nothing after it", async () => {
    stacks.handOutOthers.add("networking");
    stacks.again.set("access", "destroy everything");
    const [, stopped, ...rest] = await apply(HUB, DOOR, LOB);
    expect(stopped).toMatch(
      /^access stopped: networking hand out something else now.* Start the deploy again/,
    );
    expect(rest).toEqual([]);
    expect(stacks.journal).toEqual(["apply networking: change networking", "plan access"]);
  });

  it("plans nothing again for a change in a stack that it does not read", async () => {
    stacks.handOutOthers.add("on-premise");
    await apply(reviewed("on-premise"), LOB);
    expect(stacks.journal).not.toContain("plan lob-a");
  });

  it("stops at a stack that could not be planned before the others", async () => {
    const [, stopped, ...rest] = await apply(HUB, { ...DOOR, planFile: undefined }, LOB);
    expect(stopped).toMatch(/^access stopped: nobody has seen a plan of it.* asks for another approval/);
    expect(rest).toEqual([]);
  });

  it("says of a stale plan what it is, and of another failure what Terraform says", async () => {
    stacks.failing.set("networking", "terraform apply of networking failed: Error: Saved plan is stale");
    await expect(apply(HUB, DOOR)).resolves.toEqual([
      expect.stringMatching(
        /^networking stopped: its state was changed after the plan was made.* Start the deploy again/,
      ),
    ]);
    stacks.failing.set("networking", "Error: no such zone");
    await expect(apply(HUB, DOOR)).resolves.toEqual(["networking stopped: Error: no such zone"]);
  });
});
