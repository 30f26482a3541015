import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A program with a timer that would keep it running for ever. */
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
  it("comes when its work is done, even with running timers, and with the exit code that was set", () => {
    expect(program("async () => { process.exitCode = 2; }")).toMatchObject({ status: 2 });
  });

  it("prints the error message without a stack trace", () => {
    const { status, stderr } = program("async () => { throw new Error('no such user'); }");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "\nno such user\n" });
  });

  it("writes out all output first, however large it is", () => {
    const work = "async () => { process.stdout.write('o'.repeat(5e6)); throw new Error('e'.repeat(5e6)); }";
    const { status, stdout, stderr } = program(work);
    expect({ status, stdout: stdout.length, stderr: stderr.length }).toEqual({
      status: 1,
      stdout: 5_000_000,
      stderr: 5_000_002,
    });
  });

  it("comes also when the reader of its output has gone", () => {
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
