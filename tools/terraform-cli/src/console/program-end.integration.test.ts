import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A program that would run for ever: something in it goes on. */
function program(work: string): { status: number | null; stdout: string; stderr: string } {
  const module = JSON.stringify(join(__dirname, "program-end.ts"));
  const script = `setInterval(() => undefined, 1000); const { endWith } = require(${module}); endWith((${work})());`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], {
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 20_000_000,
  });
  return { status, stdout, stderr };
}

describe("the end of a program", () => {
  it("comes with its work, whatever still goes on, and with the exit code that was set", () => {
    expect(program("async () => { process.exitCode = 2; }")).toMatchObject({ status: 2 });
  });

  it("says why it failed, without a stack", () => {
    const { status, stderr } = program("async () => { throw new Error('no such user'); }");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "\nno such user\n" });
  });

  it("cuts off nothing of what was printed, however much that is", () => {
    const work = "async () => { process.stdout.write('o'.repeat(5e6)); throw new Error('e'.repeat(5e6)); }";
    const { status, stdout, stderr } = program(work);
    expect({ status, stdout: stdout.length, stderr: stderr.length }).toEqual({
      status: 1,
      stdout: 5_000_000,
      stderr: 5_000_002,
    });
  });

  it("comes also when nobody reads what it prints any more", () => {
    const module = JSON.stringify(join(__dirname, "program-end.ts"));
    const script = `
      const { endWith } = require(${module});
      endWith((async () => { process.stdout.write("o".repeat(2e5)); process.exitCode = 2; })());`;
    const piped = `{ "$NODE" --import tsx --eval "$SCRIPT"; echo "ended with $?" >&2; } | head -c 1`;
    const { stderr } = spawnSync("/bin/sh", ["-c", piped], {
      encoding: "utf8",
      env: { ...process.env, NODE: process.execPath, SCRIPT: script },
      timeout: 60_000,
    });
    expect(stderr).toBe("ended with 2\n");
  });
});
