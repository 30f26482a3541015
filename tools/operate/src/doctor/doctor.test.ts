import { countOf, examine, exitCodeOf } from "./doctor";
import { awsError } from "./testing/fake-facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "./finding";

function check(name: string, find: () => Promise<readonly Finding[]>): Check {
  return { name, find };
}

const FINE = check("fine", () => Promise.resolve([ok("fine", "is")]));

describe("the doctor", () => {
  it("runs all checks even when some fail, and returns their findings in order", async () => {
    const done: string[] = [];
    const findings = await examine(
      [
        check("slow", async () => {
          await Promise.resolve();
          return [ok("slow", "1"), warn("slow", "2", "look")];
        }),
        check("broken", () => Promise.reject(new TypeError("x is not a function"))),
        check("refused", () => Promise.reject(awsError("AccessDenied", "not you"))),
        FINE,
      ],
      (name) => done.push(name),
    );
    expect(findings).toEqual([
      ok("slow", "1"),
      warn("slow", "2", "look"),
      fail(
        "broken",
        "the check itself failed: x is not a function",
        expect.stringContaining("report it") as string,
      ),
      notChecked("refused", "AccessDenied: not you"),
      ok("fine", "is"),
    ]);
    expect(done.sort()).toEqual(["broken", "fine", "refused", "slow"]);
  });

  it("stops waiting for a check that takes too long", async () => {
    const never = check("never", () => new Promise<never>(() => undefined));
    await expect(examine([never, FINE], undefined, 20)).resolves.toEqual([
      notChecked("never", "no answer within 0.02 seconds"),
      ok("fine", "is"),
    ]);
  });

  it.each([
    ["all checks pass", [ok("a", "")], 0],
    ["there are only warnings", [ok("a", ""), warn("b", "", "")], 0],
    ["something fails", [ok("a", ""), fail("b", "", "")], 1],
  ])("gives the exit code when %s", (_when, findings, code) => {
    expect(exitCodeOf(findings)).toBe(code);
  });

  it("counts by result", () => {
    expect(countOf([ok("a", ""), ok("b", ""), fail("c", "", "")], "ok")).toBe(2);
  });
});
