import { protectedData, stacksThatStay, type Protection } from "./protections";
import { FakeAccount } from "./testing/fake-account";
import { FakeStacks } from "./testing/fake-stacks";

const stacks = new FakeStacks(new FakeAccount(), []);

function on(stack: string): Protection {
  return { stack, what: "something", by: "config" };
}

describe("stacks that stay", () => {
  it.each([
    [[], []],
    [["networking"], ["networking"]],
    [["access"], ["access", "networking"]],
    [["lob-b"], ["access", "lob-b", "networking"]],
    [
      ["lob-a", "access"],
      ["access", "lob-a", "networking"],
    ],
  ])("because of something in %j are %j", (holders, expected) => {
    const staying = stacksThatStay(holders.map(on), (stack) => stacks.dependenciesOf(stack));
    expect([...staying].sort()).toEqual(expected);
  });
});

describe("protected data", () => {
  async function found(retain: boolean, isProtected: boolean): Promise<Protection[]> {
    const deployed = new FakeStacks(new FakeAccount(), []);
    deployed.addTable("users", isProtected);
    return protectedData("access", await deployed.resources("access"), retain);
  }

  it("includes every table of an environment that keeps its data", async () => {
    const table = { stack: "access", what: "table users" };
    await expect(found(true, false)).resolves.toEqual([{ ...table, by: "config" }]);
    await expect(found(true, true)).resolves.toEqual([{ ...table, by: "config" }]);
  });

  it("includes what AWS still protects, though the config no longer does", async () => {
    await expect(found(false, true)).resolves.toEqual([
      { stack: "access", what: "table users", by: "deployed" },
    ]);
    await expect(found(false, false)).resolves.toEqual([]);
  });
});
