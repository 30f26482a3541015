import { SandboxPool, type Pooled } from "./sandbox-pool";

class FakeSandbox implements Pooled {
  alive = true;
  fresh = true;
  invoke(): never {
    throw new Error("not used here");
  }
  stop(): Promise<void> {
    this.alive = false;
    return Promise.resolve();
  }
}

function poolOf(limit: number): { pool: SandboxPool<FakeSandbox>; started: FakeSandbox[] } {
  const started: FakeSandbox[] = [];
  const start = (): Promise<FakeSandbox> => {
    const sandbox = new FakeSandbox();
    started.push(sandbox);
    return Promise.resolve(sandbox);
  };
  return { pool: new SandboxPool({ start, isFresh: (sandbox) => sandbox.fresh, limit }), started };
}

describe("SandboxPool", () => {
  it("uses a warm process again", async () => {
    const { pool, started } = poolOf(2);
    await pool.use(() => Promise.resolve());
    await pool.use(() => Promise.resolve());
    expect(started).toHaveLength(1);
  });

  it("starts more under load, up to its limit, and lets the rest wait", async () => {
    const { pool, started } = poolOf(2);
    let most = 0;
    let now = 0;
    const work = async (): Promise<void> => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => pool.use(work)));
    expect([most, started.length]).toEqual([2, 2]);
  });

  it.each<[string, (sandbox: FakeSandbox) => void]>([
    ["has died", (sandbox) => (sandbox.alive = false)],
    ["is no longer fresh", (sandbox) => (sandbox.fresh = false)],
  ])("replaces a process that %s", async (_, spoil) => {
    const { pool, started } = poolOf(1);
    await pool.use((sandbox) => {
      spoil(sandbox);
      return Promise.resolve();
    });
    await pool.use(() => Promise.resolve());
    expect(started).toHaveLength(2);
    expect(started[0]?.alive).toBe(false);
  });

  it("starts a process for the next invocation after one could not be started", async () => {
    let attempts = 0;
    const pool = new SandboxPool({
      start: () =>
        ++attempts === 1 ? Promise.reject(new Error("no memory")) : Promise.resolve(new FakeSandbox()),
      isFresh: () => true,
      limit: 1,
    });
    const [first, second] = await Promise.allSettled([
      pool.use(() => Promise.resolve()),
      pool.use(() => Promise.resolve("ran")),
    ]);
    expect(first.status).toBe("rejected");
    expect(second).toEqual({ status: "fulfilled", value: "ran" });
  });

  it("ends busy processes after their invocation", async () => {
    const { pool, started } = poolOf(1);
    await pool.use(async (sandbox) => {
      await pool.retire();
      expect(sandbox.alive).toBe(true);
    });
    expect(started[0]?.alive).toBe(false);
  });
});
