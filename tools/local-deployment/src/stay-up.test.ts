import { stayUp } from "./stay-up";

const NEVER = new Promise<never>(() => undefined);

interface Case {
  readonly ok?: boolean;
  readonly failed?: Promise<Error>;
  readonly until?: Promise<void> | undefined;
  readonly portal?: string;
}

async function ended({ ok = true, failed = NEVER, until, ...portal }: Case): Promise<unknown> {
  const seen: string[] = [];
  const running = {
    report: {
      ok,
      apiUrl: "http://127.0.0.1:1/execute-api/a/studio",
      ...portal,
      awsEndpoint: "http://127.0.0.1:1",
      signIns: [{ user: "user-lob-a", lob: "lob-a", password: "Aa1.x" }],
    },
    shell: ".studio-access/local/env.sh",
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

const GONE = "Stopped, with all programs that were started.";
const UP = "Up. Ctrl-C stops everything.";
const STEPS = expect.stringContaining(
  "source .studio-access/local/env.sh\nTOKEN=$(./studio token --user user-lob-a --password-stdin <<< 'Aa1.x')\ncurl -i ",
) as unknown;

describe("npm start ends with", () => {
  it("0 when all held, and shows no addresses that are gone", async () => {
    await expect(ended({})).resolves.toEqual([0, "stopped", GONE]);
  });

  it("1 when a check or a proof does not hold", async () => {
    await expect(ended({ ok: false })).resolves.toEqual([1, "stopped", GONE]);
  });

  it("what the checks said, when somebody stops it later; it says how to use it first", async () => {
    const until = Promise.resolve();
    await expect(ended({ until })).resolves.toEqual([0, STEPS, UP, "stopped", GONE]);
    await expect(ended({ ok: false, until })).resolves.toEqual([1, STEPS, UP, "stopped", GONE]);
  });

  it("the portal's address and a user for it", async () => {
    const portal = "http://abc.execute-api.eu-west-1.amazonaws.com.on-premise.localhost:1/studio";
    const seen = JSON.stringify(await ended({ until: Promise.resolve(), portal }));
    expect(seen).toContain(`open: ${portal}\\nand sign in as user-lob-a with Aa1.x`);
    expect(JSON.stringify(await ended({ until: Promise.resolve() }))).not.toContain("open:");
  });

  it("1 when the local AWS dies meanwhile", async () => {
    const failed = Promise.resolve(new Error("moto_server has ended"));
    await expect(ended({ failed, until: NEVER })).resolves.toEqual([
      1,
      STEPS,
      UP,
      "\nmoto_server has ended",
      "stopped",
      GONE,
    ]);
  });
});
