import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A program that would run for ever: something in it goes on. */
function program(work: string): { status: number | null; stderr: string } {
  const module = JSON.stringify(join(__dirname, "program-end.ts"));
  const script = `setInterval(() => undefined, 1000); const { endWith } = require(${module}); endWith((${work})());`;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stderr };
}

describe("the end of a program", () => {
  it("comes with its work, whatever still goes on, and with the exit code that was set", () => {
    expect(program("async () => { process.exitCode = 2; }")).toMatchObject({ status: 2 });
  });

  it("says why it failed, without a stack", () => {
    const { status, stderr } = program("async () => { throw new Error('no such user'); }");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "\nno such user\n" });
  });
});
