import { readManifest, synthesizedStacks } from "./manifest";

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
