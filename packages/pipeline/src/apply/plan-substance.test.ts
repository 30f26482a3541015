import { substanceOf } from "./plan-substance";

const made = { address: "aws_vpc.v", change: { actions: ["create"], before: null, after: { a: 1, b: 2 } } };
const kept = { address: "aws_vpc.w", change: { actions: ["no-op"], before: {}, after: {} } };

describe("what a plan would do", () => {
  it("is alike in any order, whatever Terraform only looked at", () => {
    const other = {
      address: "aws_vpc.v",
      change: { after: { b: 2, a: 1 }, before: null, actions: ["create"] },
    };
    const read = { address: "data.aws_region.r", change: { actions: ["read"] } };
    const another = { address: "aws_vpc.a", change: { actions: ["delete"] } };
    expect(substanceOf({ resource_changes: [made, another] })).toBe(
      substanceOf({ resource_changes: [kept, another, read, other] }),
    );
  });

  it.each([
    ["value", { ...made, change: { ...made.change, after: { a: 1, b: 3 } } }],
    ["action", { ...made, change: { ...made.change, actions: ["delete", "create"] } }],
    ["resource", { ...made, address: "aws_vpc.x" }],
  ])("is another with another %s", (_what, changed) => {
    expect(substanceOf({ resource_changes: [changed] })).not.toBe(substanceOf({ resource_changes: [made] }));
  });

  it("has what the stack hands out", () => {
    const output = (after: string): Parameters<typeof substanceOf>[0] => ({
      output_changes: { id: { actions: ["update"], ...{ after } } },
    });
    expect(substanceOf(output("1"))).not.toBe(substanceOf(output("2")));
  });
});
