import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

jest.setTimeout(60_000);

const MODULE = pathToFileURL(join(__dirname, "steps.mjs")).href;

/** A run of tests with these steps. */
function start(steps: string): ChildProcess & { printed(): string } {
  const script = `
    const { Steps } = await import(${JSON.stringify(MODULE)});
    const steps = new Steps();
    ${steps}
    process.exitCode = steps.end();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return Object.assign(child, { printed: () => text });
}

async function ended(run: ReturnType<typeof start>): Promise<{ code: number; lines: string[] }> {
  const [code] = (await once(run, "close")) as [number];
  return { code, lines: run.printed().trim().split("\n") };
}

/** Waits for the process id that a step writes to a file. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text.endsWith("\n")) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process runs; a zombie does not count. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return !/^(Z.*)?$/.test(stdout.trim());
}

describe("a run of tests", () => {
  it("does not mix the output of parallel steps, and counts the steps in its last line", async () => {
    const { code, lines } = await ended(
      start(`await Promise.all(["a", "b"].map((name) =>
        steps.check(name, "sh", ["-c", "echo " + name + "1; sleep 0.2; echo " + name + "2"])));`),
    );
    const shown = lines.join("\n").replace(/, \d+ s/g, "");
    for (const name of ["a", "b"]) expect(shown).toContain(`── ${name}\n${name}1\n${name}2\n✔ ${name}\n`);
    expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: "2 passed, 0 failed" });
  });

  it("makes the programs of a nice step wait for those of others", async () => {
    const script = "sleep 0.3; nice; cat /proc/self/autogroup 2>/dev/null || true";
    const niceness = async (options: string): Promise<{ own: number; session: string | undefined }> => {
      const run = start(`await steps.check("asking", "sh", ["-c", ${JSON.stringify(script)}], ${options});`);
      const [, own, group = ""] = (await ended(run)).lines;
      return { own: Number(own), session: / nice (\d+)$/.exec(group)?.[1] };
    };
    const [usual, nice] = await Promise.all([niceness("{}"), niceness("{ nice: true }")]);
    // Only Linux knows the niceness of a session, and not every kernel does.
    const session = usual.session === undefined ? undefined : "5";
    expect(usual.own).toBe(getPriority());
    expect(nice).toEqual({ own: Math.min(usual.own + 5, 19), session });
  });

  it("goes on after a step that fails or cannot be started, and fails", async () => {
    const { code, lines } = await ended(
      start(
        `for (const command of ["false", "no-such-program", "true"]) await steps.check(command, command);`,
      ),
    );
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: "1 passed, 2 failed" });
  });

  it("fails for a project that has no test", async () => {
    const { code, lines } = await ended(start(`await steps.tests("no-such-project");`));
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: "0 passed, 1 failed" });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends on %s together with all processes of its steps, and starts no more steps",
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), "steps-"));
      const file = join(folder, "pid");
      const run = start(`
        await steps.check("long", "sh", ["-c", "sleep 300 & echo $! > ${file}; wait"]);
        await steps.check("next", "true");`);
      const pid = await pidIn(file);
      expect(isAlive(pid)).toBe(true);
      run.kill(signal);
      const { code } = await ended(run);
      rmSync(folder, { recursive: true });
      expect({ code, alive: isAlive(pid) }).toEqual({ code: 1, alive: false });
      expect(run.printed()).not.toContain("next");
    },
  );
});
