import { inOrder, readManifest, synthesizedStacks } from "./manifest";

describe("cdktf's manifest", () => {
  it("lists the stacks with those that they read", () => {
    const stacks = {
      networking: { name: "networking", dependencies: [] },
      access: { name: "access", dependencies: ["networking"] },
    };
    expect(readManifest("manifest.json", JSON.stringify({ version: "0.21.0", stacks }))).toEqual([
      { name: "networking", dependencies: [] },
      { name: "access", dependencies: ["networking"] },
    ]);
  });

  it.each([
    ["{", "it is not JSON"],
    ["[]", "it lists no stacks"],
    ['{"stacks":{"access":{}}}', "it does not say which stacks access depends on"],
  ])("is refused when it is %j", (text, problem) => {
    expect(() => readManifest("out/manifest.json", text)).toThrow(
      `out/manifest.json: ${problem}. Synthesize the stacks again: npm run synth`,
    );
  });

  it("says which file is missing", async () => {
    await expect(synthesizedStacks("/nowhere")).rejects.toThrow(
      "/nowhere/manifest.json: there is no such file",
    );
  });
});

describe("the order of stacks", () => {
  const stack = (name: string, ...dependencies: readonly string[]) => ({ name, dependencies });

  it("has each after those that it reads, and changes nothing else", () => {
    const stacks = [stack("lob-a", "access"), stack("access", "networking"), stack("networking"), stack("b")];
    expect(inOrder(stacks).map(({ name }) => name)).toEqual(["networking", "access", "lob-a", "b"]);
  });

  it("does not exist for a circle", () => {
    expect(() => inOrder([stack("a", "b"), stack("b", "a"), stack("c")])).toThrow(
      "The stacks a, b read each other in a circle.",
    );
  });
});
