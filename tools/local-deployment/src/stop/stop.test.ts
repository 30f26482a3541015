import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { claimCheckout, type Instance } from "../instance";
import { stopInstance, type StopDeps } from "./stop";

let root: string;
const claims: Instance[] = [];

async function up(name: string): Promise<void> {
  claims.push(await claimCheckout(root, name));
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "stop-"));
});

afterEach(async () => {
  await Promise.all(claims.splice(0).map(async (claim) => claim.release()));
  await rm(root, { recursive: true });
});

/** A process that releases its checkout on a signal, and is there for some more looks at it. */
function processThat(looks: number): {
  readonly deps: StopDeps;
  readonly signals: string[];
  readonly left: () => number;
} {
  const signals: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const kill: StopDeps["kill"] = (pid, signal) => {
    expect(pid).toBe(process.pid);
    if (left <= 0) throw Object.assign(new Error("no such process"), { code: "ESRCH" });
    if (signal === 0) {
      left -= 1;
      return;
    }
    signals.push(signal);
    left = looks;
    void claims.splice(0)[0]?.release();
  };
  return { deps: { kill, note: () => undefined }, signals, left: () => left };
}

const NOBODY: StopDeps = {
  kill: () => {
    throw new Error("nothing is stopped");
  },
  note: () => undefined,
};

describe("stopping a local deployment", () => {
  it("interrupts it, and waits until it has released the checkout and has ended", async () => {
    await up("one");
    const { deps, signals, left } = processThat(3);
    await expect(stopInstance(root, undefined, deps)).resolves.toMatchObject({ name: "one" });
    expect(signals).toEqual(["SIGINT"]);
    expect(left()).toBe(0);
  });

  it("sends no signal to a process that has just ended", async () => {
    await up("one");
    const gone: StopDeps["kill"] = () => {
      void claims.splice(0)[0]?.release();
      throw Object.assign(new Error("no such process"), { code: "ESRCH" });
    };
    await expect(stopInstance(root, "one", { ...NOBODY, kill: gone })).resolves.toMatchObject({
      name: "one",
    });
  });

  it("says that none is up", async () => {
    await expect(stopInstance(root, undefined, NOBODY)).rejects.toThrow(
      "No local deployment of this checkout is up.",
    );
  });

  it("says which ones are up when the named one is not, or when none was named", async () => {
    await up("one");
    await up("two");
    await expect(stopInstance(root, "three", NOBODY)).rejects.toThrow(
      "No local deployment three is up; up are: one, two.",
    );
    await expect(stopInstance(root, undefined, NOBODY)).rejects.toThrow(
      "Several are up: one, two. Say which one with --name NAME.",
    );
  });
});
