import { stayUp } from "./stay-up";

const NEVER = new Promise<never>(() => undefined);

interface Case {
  readonly ok?: boolean;
  readonly failed?: Promise<Error>;
  readonly until?: Promise<void> | undefined;
}

async function ended({ ok = true, failed = NEVER, until }: Case): Promise<unknown> {
  const seen: string[] = [];
  const running = {
    report: { ok },
    failed,
    stop: () => {
      seen.push("stopped");
      return Promise.resolve();
    },
  };
  const print = (text: string): void => {
    seen.push(text);
  };
  const code = await stayUp(running, { until, print, printError: print });
  return [code, ...seen];
}

describe("npm start ends with", () => {
  it("0 when all held", async () => {
    await expect(ended({})).resolves.toEqual([0, "stopped"]);
  });

  it("1 when a check or a proof does not hold", async () => {
    await expect(ended({ ok: false })).resolves.toEqual([1, "stopped"]);
  });

  it("what the checks said, when somebody stops it later", async () => {
    const up = "Up. Ctrl-C stops everything.";
    await expect(ended({ until: Promise.resolve() })).resolves.toEqual([0, up, "stopped"]);
    await expect(ended({ ok: false, until: Promise.resolve() })).resolves.toEqual([1, up, "stopped"]);
  });

  it("1 when the local AWS dies meanwhile", async () => {
    const failed = Promise.resolve(new Error("moto_server has ended"));
    await expect(ended({ failed, until: NEVER })).resolves.toEqual([
      1,
      "Up. Ctrl-C stops everything.",
      "\nmoto_server has ended",
      "stopped",
    ]);
  });
});
