import type { LogLine, LogSource } from "../logs/log-reader";
import { settled } from "./settled";

function line(source: LogSource, fields: object): LogLine {
  return { source, time: 0, message: JSON.stringify(fields) };
}

const ANSWERED = line("api", { status: "401", errorType: "UNAUTHORIZED" });
const REFUSED = line("authorizer", { decision: "deny", code: "token_expired" });

/** Looks at logs in which more lines are there at each look. Each look takes two seconds. */
async function look(
  looks: readonly (readonly LogLine[])[],
  latestMs = 60_000,
): Promise<[looks: number, what: string]> {
  let count = 0;
  let time = 1_000;
  const { explanation } = await settled(
    () => Promise.resolve(looks[Math.min(count++, looks.length - 1)] ?? []),
    {
      now: () => time,
      pause: () => {
        time += 2_000;
        return Promise.resolve();
      },
      latestMs,
      patienceMs: 10_000,
    },
  );
  return [count, explanation.what];
}

describe("the lines of a request", () => {
  it("are waited for while a late one could say more", async () => {
    await expect(look([[ANSWERED], [ANSWERED], [ANSWERED, REFUSED]])).resolves.toEqual([
      3,
      "The authorizer refused the token: token_expired.",
    ]);
  });

  it("are not waited for once they say what decided it, nor where there are none", async () => {
    await expect(look([[ANSWERED, REFUSED]])).resolves.toEqual([1, expect.any(String)]);
    await expect(look([[]])).resolves.toEqual([1, expect.any(String)]);
  });

  it("are told as they are when the patience ends", async () => {
    await expect(look([[ANSWERED]])).resolves.toEqual([
      6,
      expect.stringContaining("no token, or the authorizer's line on it is not there yet"),
    ]);
  });

  it("are told as all that there are once no more can come", async () => {
    await expect(look([[ANSWERED]], 4_000)).resolves.toEqual([
      3,
      expect.stringContaining("401 by itself: there was no token."),
    ]);
  });
});
