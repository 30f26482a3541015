import type { StackPlan } from "@studio-access/plan-review";
import type { ManifestStack } from "@studio-access/terraform";
import type { AppliedPlan } from "@studio-access/terraform-cli";

import type { DeployContext } from "./deploy-context";
import { Deployment } from "./deployment";

const HUB: ManifestStack = { name: "networking", dependencies: [] };
const ACCESS: ManifestStack = { name: "access", dependencies: ["networking"] };
const lob = (name: string): ManifestStack => ({ name, dependencies: ["networking", "access"] });
const ALL = [HUB, ACCESS, lob("lob-a"), lob("lob-b")];

/** A plan; with a message, one that failed. */
function plan(stack: string, hasChanges: boolean, failure?: string): StackPlan {
  return {
    stack,
    terraformVersion: "1.11.4",
    resources: [],
    drift: [],
    outputs: hasChanges
      ? [
          {
            name: "id",
            kind: "create",
            actions: ["create"],
            before: null,
            after: "1",
            afterUnknown: false,
            beforeSensitive: false,
            afterSensitive: false,
          },
        ]
      : [],
    providers: [],
    declared: [],
    read: [],
    foreignOutputs: {},
    secrets: [],
    ...(failure === undefined ? {} : { failure: { kind: "errored", message: failure } }),
  };
}

/** An environment with stacks that are deployed, and a journal of what is done to it. */
class FakeEnvironment {
  readonly journal: string[] = [];
  readonly deployed = new Set(ALL.map(({ name }) => name));
  readonly unchanged = new Set<string>();
  /** Stacks whose outputs change when they are applied. */
  readonly moving = new Set<string>();
  /** Stacks whose plans have other changes once an output that they read has changed. */
  readonly differing = new Set<string>();
  readonly failingPlans = new Map<string, string>();
  readonly failingApplies = new Map<string, AppliedPlan>();
  readonly stopping = new AbortController();
  blocked = new Set<string>();
  refusal: string | undefined;
  onApply: (stack: string) => void = () => undefined;

  readonly context: DeployContext = {
    signal: this.stopping.signal,
    isDeployed: (stack) => Promise.resolve(this.deployed.has(stack)),
    plan: (stack) => {
      this.journal.push(`plan ${stack}`);
      return Promise.resolve(plan(stack, !this.unchanged.has(stack), this.failingPlans.get(stack)));
    },
    review: (plans) => {
      this.journal.push(`review ${plans.map(({ stack }) => stack).join(" ")}`);
      return Promise.resolve(plans.some(({ stack }) => this.blocked.has(stack)));
    },
    refusal: (stacks, waiting) => {
      this.journal.push(`ask for ${stacks.join(" ")}, ${waiting} waiting`);
      return Promise.resolve(this.refusal);
    },
    apply: ({ stack }, upstream) => {
      const read = upstream.length === 0 ? "" : ` after changes of ${upstream.join(" ")}`;
      this.journal.push(`apply ${stack}${read}`);
      this.onApply(stack);
      const failure = this.failingApplies.get(stack);
      if (failure !== undefined) return Promise.resolve(failure);
      if (upstream.length > 0 && this.differing.has(stack))
        return Promise.resolve({ outcome: "other changes", reason: "outputs" });
      this.deployed.add(stack);
      this.failingPlans.delete(stack);
      return Promise.resolve({ outcome: "applied", outputsChanged: this.moving.has(stack) });
    },
    eachStack: async (names, work) => {
      const results = [];
      for (const name of names) results.push((await work(name, () => undefined)).result);
      return results;
    },
  };
}

let environment: FakeEnvironment;
beforeEach(() => (environment = new FakeEnvironment()));

/** Deploys. @returns what became of each stack, as `lob-a failed: reason` */
async function deploy(...chosen: readonly ManifestStack[]): Promise<readonly string[]> {
  const { ended } = await new Deployment(chosen, environment.context).run();
  return ended.map((one) => `${one.stack} ${one.outcome}${"reason" in one ? `: ${one.reason}` : ""}`);
}

describe("a deploy of stacks that can all be planned", () => {
  it("has one review and one question, and applies each stack after those that it reads", async () => {
    await expect(deploy(...ALL)).resolves.toEqual([
      "networking applied",
      "access applied",
      "lob-a applied",
      "lob-b applied",
    ]);
    expect(environment.journal).toEqual([
      "plan networking",
      "plan access",
      "plan lob-a",
      "plan lob-b",
      "review networking access lob-a lob-b",
      "ask for networking access lob-a lob-b, 0 waiting",
      "apply networking",
      "apply access",
      "apply lob-a",
      "apply lob-b",
    ]);
  });

  it("asks nothing and applies nothing where nothing changes", async () => {
    for (const { name } of ALL) environment.unchanged.add(name);
    await expect(deploy(HUB, lob("lob-a"))).resolves.toEqual(["networking no changes", "lob-a no changes"]);
    expect(environment.journal).toEqual(["plan networking", "plan lob-a", "review networking lob-a"]);
  });

  it("applies nothing when a rule blocks one of the plans", async () => {
    environment.blocked = new Set(["lob-a"]);
    const { ended, blocked } = await new Deployment([HUB, lob("lob-a")], environment.context).run();
    expect(blocked).toBe(true);
    expect(ended.map(({ outcome }) => outcome)).toEqual(["not begun", "not begun"]);
    expect(environment.journal.at(-1)).toBe("review networking lob-a");
  });

  it("applies nothing without an approval", async () => {
    environment.refusal = "it was not approved";
    await expect(deploy(lob("lob-a"))).resolves.toEqual(["lob-a not begun: it was not approved"]);
    expect(environment.journal.filter((line) => line.startsWith("apply"))).toEqual([]);
  });
});

describe("a stack that reads changed outputs", () => {
  it("is applied with the changes that were reviewed, or reviewed again where they are others", async () => {
    environment.moving.add("networking");
    environment.differing.add("lob-b");
    await expect(deploy(HUB, lob("lob-a"), lob("lob-b"))).resolves.toEqual([
      "networking applied",
      "lob-a applied",
      "lob-b applied",
    ]);
    expect(environment.journal.slice(4)).toEqual([
      "ask for networking lob-a lob-b, 0 waiting",
      "apply networking",
      "apply lob-a after changes of networking",
      "apply lob-b after changes of networking",
      "plan lob-b",
      "review lob-b",
      "ask for lob-b, 0 waiting",
      "apply lob-b",
    ]);
  });

  it("is planned again when its plan had no changes, and so is what reads it", async () => {
    environment.moving.add("networking");
    environment.unchanged.add("access");
    await deploy(HUB, ACCESS, lob("lob-a"));
    expect(environment.journal.slice(4)).toEqual([
      "ask for networking lob-a, 0 waiting",
      "apply networking",
      "plan access",
      "plan lob-a",
      "review access lob-a",
      "ask for lob-a, 0 waiting",
      "apply lob-a",
    ]);
  });
});

describe("a first deploy", () => {
  it("plans, reviews and asks level by level, and says how many follow", async () => {
    environment.deployed.clear();
    await expect(deploy(...ALL)).resolves.toEqual(ALL.map(({ name }) => `${name} applied`));
    expect(environment.journal).toEqual([
      ...["plan networking", "review networking", "ask for networking, 3 waiting", "apply networking"],
      ...["plan access", "review access", "ask for access, 2 waiting", "apply access"],
      ...["plan lob-a", "plan lob-b", "review lob-a lob-b", "ask for lob-a lob-b, 0 waiting"],
      ...["apply lob-a", "apply lob-b"],
    ]);
  });

  it("lets a stack wait that reads an output which another one is about to get", async () => {
    environment.failingPlans.set("access", "Error: Unsupported attribute");
    environment.onApply = () => {
      environment.failingPlans.clear();
    };
    await expect(deploy(...ALL)).resolves.toEqual(ALL.map(({ name }) => `${name} applied`));
    expect(environment.journal).toContain("ask for networking, 3 waiting");
  });

  it("says which stack has to be deployed as well", async () => {
    environment.deployed.clear();
    environment.failingPlans.set("lob-a", "Error: Unable to find remote state");
    await expect(deploy(lob("lob-a"))).resolves.toEqual([
      "lob-a failed: it reads networking and access, not deployed yet: deploy them as well",
    ]);
  });
});

describe("a stack that fails", () => {
  it("while it is planned stops only what reads it", async () => {
    environment.failingPlans.set("lob-a", "Error: no such zone");
    await expect(deploy(...ALL)).resolves.toEqual([
      "networking applied",
      "access applied",
      "lob-a failed: it cannot be planned: Error: no such zone",
      "lob-b applied",
    ]);
    environment.unchanged.add("networking").add("access");
    await expect(deploy(HUB, lob("lob-a"), lob("lob-b"))).resolves.toEqual([
      "networking no changes",
      "lob-a failed: it cannot be planned: Error: no such zone",
      "lob-b applied",
    ]);
  });

  it("on a first deploy leaves what reads it unplanned", async () => {
    environment.deployed.clear();
    environment.failingApplies.set("networking", { outcome: "failed", reason: "Error: no" });
    await expect(deploy(HUB, ACCESS, lob("lob-a"))).resolves.toEqual([
      "networking failed: Error: no",
      "access not begun: it reads networking",
      "lob-a not begun: it reads networking and access",
    ]);
    expect(environment.journal.at(-1)).toBe("apply networking");
  });

  it("as a line of business stops no other one", async () => {
    environment.failingApplies.set("lob-a", { outcome: "failed", reason: "Error: no" });
    await expect(deploy(...ALL)).resolves.toEqual([
      "networking applied",
      "access applied",
      "lob-a failed: Error: no",
      "lob-b applied",
    ]);
  });

  it("while it is applied stops only what reads it", async () => {
    environment.failingApplies.set("access", { outcome: "stale", reason: "stale" });
    const onPremise = { name: "on-premise", dependencies: ["networking"] };
    await expect(deploy(...ALL, onPremise)).resolves.toEqual([
      "networking applied",
      "access failed: stale",
      "lob-a not begun: it reads access",
      "lob-b not begun: it reads access",
      "on-premise applied",
    ]);
  });
});

describe("an interrupted deploy", () => {
  it("begins no further stack, and says what was applied", async () => {
    environment.onApply = (stack) => {
      if (stack === "access") environment.stopping.abort(new Error("Interrupted."));
    };
    const { ended, error } = await new Deployment(ALL, environment.context).run();
    expect(ended.map(({ stack, outcome }) => `${stack} ${outcome}`)).toEqual([
      "networking applied",
      "access applied",
      "lob-a not begun",
      "lob-b not begun",
    ]);
    expect(error?.message).toBe("Interrupted.");
  });
});
