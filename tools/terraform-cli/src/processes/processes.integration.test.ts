import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import type { GracePeriod } from "./command-tree";
import { runningProcesses } from "./process-list";
import { CommandNotStarted, runLogged, type RunOptions, type RunResult } from "./processes";
import { useTemporaryFolder } from "../testing/temporary-folder";
import { until } from "../testing/until";

const folder = useTemporaryFolder();
const logFile = (): string => join(folder(), "logs", "command.log");
const SHORT_GRACE_PERIOD: GracePeriod = { interruptMs: 300, terminateMs: 300 };

function shell(script: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runLogged("/bin/sh", ["-c", script], { logFile: logFile(), ...options });
}

const log = (): Promise<string> => readFile(logFile(), "utf8").catch(() => "");

/** Process ids that the script printed, one per line after `pid`. */
async function printedPids(count: number): Promise<number[]> {
  return until(async () => {
    const pids = [...(await log()).matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
    return pids.length === count ? pids : undefined;
  });
}

function alive(pids: readonly number[]): number[] {
  return runningProcesses()
    .map(({ pid }) => pid)
    .filter((pid) => pids.includes(pid));
}

describe("a running command", () => {
  it("has all its output in the log, and passed on line by line", async () => {
    const lines: string[] = [];
    const result = await shell("printf 'one\\r\\ntwo\\nthr'; printf 'oops\\n' >&2; printf 'ee é'", {
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    });
    expect(result).toEqual({ code: 0 });
    expect(lines.sort()).toEqual(["stderr: oops", "stdout: one", "stdout: three é", "stdout: two"]);
    expect((await log()).length).toBe("one\r\ntwo\nthree é".length + "oops\n".length);
  });

  it("appends to an existing log, which only its owner can read", async () => {
    await shell("echo first");
    await shell("echo second");
    expect(await log()).toBe("first\nsecond\n");
    expect((await stat(logFile())).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["exit 3", 3],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
  ])("(%s) resolves to the code %i", async (script, code) => {
    expect(await shell(script)).toEqual({ code });
  });

  it("has the given environment and working folder, and no input", async () => {
    await shell('echo "$GIVEN-$HOME-$(pwd -P)"; read line || echo no input', {
      env: { GIVEN: "here", PATH: "/usr/bin:/bin" },
      cwd: folder(),
    });
    expect(await log()).toBe(`here--${folder()}\nno input\n`);
  });

  it("that cannot be started gives an error without its arguments and environment", async () => {
    const running = runLogged(join(folder(), "absent"), ["--key=argument-value"], {
      logFile: logFile(),
      env: { KEY: "environment-value" },
    });
    const error: unknown = await running.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CommandNotStarted);
    expect(inspect(error)).toContain(`cannot start ${join(folder(), "absent")}: ENOENT`);
    expect(inspect(error)).not.toMatch(/argument-value|environment-value/);
  });

  it("is ended when the listener to its lines throws, and rejects with that error", async () => {
    const onLine = (line: string): void => {
      throw new Error(`cannot take ${line}`);
    };
    await expect(
      shell("echo pid $$; exec sleep 300", { onLine, gracePeriod: SHORT_GRACE_PERIOD }),
    ).rejects.toThrow("cannot take pid");
    expect(alive(await printedPids(1))).toEqual([]);
  });
});

describe("a background process of a command", () => {
  it.each([
    ["keeps its output open", "sleep 300 &"],
    ["has closed its output", "sleep 300 >/dev/null 2>&1 &"],
    ["ignores SIGTERM", "(trap '' TERM; sleep 300; sleep 300) >/dev/null 2>&1 &"],
  ])("is ended with the command when it %s", async (_, background) => {
    expect(await shell(`${background} echo pid $!; exit 4`)).toEqual({ code: 4 });
    expect(alive(await printedPids(1))).toEqual([]);
  });
});

describe("a command whose signal is aborted", () => {
  const REASON = new Error("no longer wanted");

  /** Runs the script until `ready` finds its text in the log; then aborts, and waits for the end. */
  async function abortedWhen<Found>(
    ready: () => Promise<Found>,
    script: string,
    options: Partial<RunOptions> = {},
  ): Promise<Found> {
    const stop = new AbortController();
    const running = shell(script, { ...options, signal: stop.signal });
    running.catch(() => undefined);
    const found = await ready();
    stop.abort(REASON);
    await expect(running).rejects.toBe(REASON);
    return found;
  }

  async function aborted(script: string, pids: number, gracePeriod?: GracePeriod): Promise<number[]> {
    const started = async (): Promise<number[]> => {
      const printed = await printedPids(pids);
      expect(alive(printed).sort()).toEqual([...printed].sort());
      return printed;
    };
    return abortedWhen(started, script, gracePeriod === undefined ? {} : { gracePeriod });
  }

  it("is not started when the signal was aborted before", async () => {
    await expect(shell("echo started", { signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON);
    expect(existsSync(logFile())).toBe(false);
  });

  it("gets SIGINT once, and may finish its work", async () => {
    const work = `until grep -q interrupted "${logFile()}"; do sleep 0.05; done; sleep 0.3; echo written`;
    const gracePeriod = { interruptMs: 60_000, terminateMs: 500 };
    const [pid] = await aborted(`trap 'echo interrupted' INT; echo pid $$; ${work}`, 1, gracePeriod);
    expect(await log()).toBe(`pid ${pid}\ninterrupted\nwritten\n`);
  });

  it("has its last output in the log, also when this process was too busy to read it in time", async () => {
    const stop = new AbortController();
    // Short sleeps: one that starts just after the signal does not get it, and the shell would wait for its end.
    const script = "trap 'echo written; exit' INT; echo pid $$; while :; do sleep 0.05; done";
    const running = shell(script, { signal: stop.signal });
    running.catch(() => undefined);
    const [pid] = await printedPids(1);
    stop.abort(REASON);
    // When this process wakes up the command has ended, and timers come before what is there to be read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    await expect(running).rejects.toBe(REASON);
    expect(await log()).toBe(`pid ${pid}\nwritten\n`);
  });

  it("ends with all its children", async () => {
    const script =
      "sleep 300 & echo pid $!; sh -c 'echo pid $$; sleep 300; true' & sleep 0.1; echo pid $$; wait";
    expect(alive(await aborted(script, 3, SHORT_GRACE_PERIOD))).toEqual([]);
  });

  it.each([
    ["SIGINT", "trap '' INT"],
    ["SIGINT and SIGTERM", "trap '' INT TERM"],
  ])("ends when it ignores %s", async (_, trap) => {
    expect(
      alive(await aborted(`${trap}; echo pid $$; while :; do sleep 300; done`, 1, SHORT_GRACE_PERIOD)),
    ).toEqual([]);
  });

  it("ends with a child that has left its process group", async () => {
    const leave =
      "process.stdout.write('pid ' + require('node:child_process').spawn('sleep', ['300'], { detached: true }).pid + '\\n')";
    const script = `"${process.execPath}" -e "${leave}; setInterval(() => {}, 1000)"`;
    expect(alive(await aborted(script, 1, SHORT_GRACE_PERIOD))).toEqual([]);
  });

  it("keeps a terminal open until the program in that terminal has finished its work", async () => {
    // Like cdktf, `script` ends on SIGINT at once, and the terminal that it opened is closed with it.
    const inner = `trap 'sleep 0.3; echo written > "${folder()}/state"; exit' INT; echo pid $$; while :; do sleep 0.05; done`;
    const script =
      process.platform === "darwin" ? 'script -q /dev/null sh -c "$INNER"' : 'script -qec "$INNER" /dev/null';
    const running = (): Promise<string> => until(async () => /^pid (\d+)\r?$/m.exec(await log())?.[1]);
    const pid = await abortedWhen(running, script, { env: { ...process.env, INNER: inner } });
    expect(alive([Number(pid)])).toEqual([]);
    expect(await readFile(join(folder(), "state"), "utf8")).toBe("written\n");
  });
});
