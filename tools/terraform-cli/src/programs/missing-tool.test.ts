import { MissingTool } from "./missing-tool";

describe("a missing tool", () => {
  it("is named, with the reason and every way to install it", () => {
    const error = new MissingTool("Thing 1.2", "there is no thing on PATH", ["run `get thing`", "set THING"]);
    expect(error.message).toBe(
      [
        "Thing 1.2 is missing: there is no thing on PATH",
        "To install it, either",
        "  - run `get thing`",
        "  - set THING",
      ].join("\n"),
    );
    expect(error).toMatchObject({
      name: "MissingTool",
      tool: "Thing 1.2",
      install: ["run `get thing`", "set THING"],
    });
  });
});
