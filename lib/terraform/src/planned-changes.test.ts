import type { ChangeJson, PlanJson, ResourceChangeJson } from "./plan-json";

import { plannedChanges } from "./planned-changes";

function resource(address: string, change: ChangeJson): ResourceChangeJson {
  const [type = "", name = ""] = address.split(".").slice(-2);
  return { address, mode: address.startsWith("data.") ? "data" : "managed", type, name, change };
}

function plan(...resources: readonly ResourceChangeJson[]): PlanJson {
  return { format_version: "1.2", resource_changes: resources };
}

const made = resource("aws_vpc.v", { actions: ["create"], before: null, after: { a: 1, b: 2 } });
const kept = resource("aws_vpc.w", { actions: ["no-op"], before: {}, after: {} });

describe("the changes of a plan", () => {
  it("are equal in any order, whichever resources Terraform only read", () => {
    const other = resource("aws_vpc.v", { after: { b: 2, a: 1 }, before: null, actions: ["create"] });
    const read = resource("data.aws_region.r", { actions: ["read"] });
    const another = resource("aws_vpc.a", { actions: ["delete"] });
    expect(plannedChanges(plan(made, another))).toBe(plannedChanges(plan(kept, another, read, other)));
  });

  it.each([
    ["value", { ...made, change: { ...made.change, after: { a: 1, b: 3 } } }],
    ["action", { ...made, change: { ...made.change, actions: ["delete", "create"] } }],
    ["resource", { ...made, address: "aws_vpc.x" }],
  ])("differ with another %s", (_what, changed) => {
    expect(plannedChanges(plan(changed))).not.toBe(plannedChanges(plan(made)));
  });

  it("hold the stack's outputs", () => {
    const output = (after: string): PlanJson => ({
      ...plan(),
      output_changes: { id: { actions: ["update"], after } },
    });
    expect(plannedChanges(output("1"))).not.toBe(plannedChanges(output("2")));
  });
});
