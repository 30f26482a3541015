import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { runningProcesses } from "./process-list";
import { useTemporaryFolder } from "../testing/temporary-folder";
import { until } from "../testing/until";

// Each test starts programs, which takes seconds on a busy machine. The tests assert order and effect, not times.
jest.setTimeout(20_000);

const folder = useTemporaryFolder();
let program: string;

beforeAll(async () => {
  program = join(await mkdtemp(join(tmpdir(), "supervisor-")), "supervisor.js");
  const source = join(__dirname, "..", "testing", "supervisor.ts");
  await build({ entryPoints: [source], outfile: program, bundle: true, platform: "node" });
});

afterAll(() => rm(dirname(program), { recursive: true }));

const log = (): Promise<string> => readFile(join(folder(), "log"), "utf8").catch(() => "");

type Supervisor = ChildProcessWithoutNullStreams;

/** Starts the supervisor, and waits until each of its commands has printed its pid. */
async function start(
  ending: string,
  ...commands: string[]
): Promise<{ supervisor: Supervisor; pids: number[] }> {
  const args = [program, ending, join(folder(), "log"), ...commands];
  const supervisor = spawn(process.execPath, args, { stdio: "pipe" });
  const errors = text(supervisor.stderr);
  const failed = once(supervisor, "close").then(async () => {
    throw new Error(await errors);
  });
  await Promise.race([once(supervisor.stdout, "data"), failed]);
  // From here on the tests themselves check how it ends.
  failed.catch(() => undefined);
  const pids = await until(async () => {
    const found = [...(await log()).matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
    return found.length === commands.length ? found : undefined;
  });
  return { supervisor, pids };
}

async function ended(supervisor: Supervisor): Promise<number | string> {
  const [code, signal] = (await once(supervisor, "close")) as [number | null, string | null];
  return code ?? signal ?? "";
}

function alive(pids: readonly number[]): number[] {
  return runningProcesses()
    .map(({ pid }) => pid)
    .filter((pid) => pids.includes(pid));
}

const BUSY = "echo pid $$; exec sleep 300";

describe("the commands of a process", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "end when the process gets %s, and the process ends with that signal",
    async (signal) => {
      const { supervisor, pids } = await start("idle", BUSY, BUSY);
      expect(alive(pids)).toHaveLength(2);
      supervisor.kill(signal);
      expect(await ended(supervisor)).toBe(signal);
      expect(alive(pids)).toEqual([]);
    },
  );

  it.each([
    ["process.exit", 3],
    ["uncaught error", 1],
    ["unhandled rejection", 1],
  ])("end when the process ends by %s", async (ending, code) => {
    const { supervisor, pids } = await start(
      ending,
      "trap '' INT TERM; echo pid $$; while :; do sleep 300; done",
    );
    supervisor.stdin.write("now");
    expect(await ended(supervisor)).toBe(code);
    // They were sent SIGKILL, which the system delivers a little later.
    expect(await until(() => alive(pids).length === 0)).toBe(true);
  });

  it("may finish their work, the latest first, even when npm passes the signal on a second time", async () => {
    const finish = (name: string): string =>
      `trap 'echo ${name} told; sleep 0.2; echo ${name} finished; exit' INT; echo pid $$; while :; do sleep 0.05; done`;
    const { supervisor, pids } = await start("told twice", finish("first"), finish("second"));
    supervisor.stdin.write("now");
    expect(await ended(supervisor)).toBe("SIGINT");
    expect(alive(pids)).toEqual([]);
    expect((await log()).match(/^\w+ (told|finished)$/gm)).toEqual([
      "second told",
      "second finished",
      "first told",
      "first finished",
    ]);
  });

  it("end before their grace period is over when the process gets another signal later", async () => {
    const { supervisor, pids } = await start(
      "idle",
      "trap 'echo interrupted' INT; trap 'echo terminated' TERM; echo pid $$; while :; do sleep 0.1; done",
    );
    // Ctrl-C again and again: all signals within the first second count as one.
    const again = (): string | null => {
      supervisor.kill("SIGINT");
      return supervisor.signalCode;
    };
    expect(await until(again)).toBe("SIGINT");
    expect(alive(pids)).toEqual([]);
    // Ended by SIGKILL: SIGTERM would have been sent only after the grace period of SIGINT.
    expect(await log()).toContain("interrupted");
    expect(await log()).not.toContain("terminated");
  });

  it("leave the end of the process to its own signal listener, if it has one", async () => {
    const { supervisor, pids } = await start("own-handler", BUSY);
    const output = once(supervisor.stdout, "data");
    supervisor.kill("SIGINT");
    expect(String((await output)[0])).toBe("cleaned up\n");
    expect(await ended(supervisor)).toBe(7);
    expect(alive(pids)).toEqual([]);
  });
});
