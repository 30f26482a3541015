import { awsError, fakeFacts } from "./testing/fake-facts";
import { fail, notChecked, ok, unknown } from "./finding";
import { perAccount } from "./per-account";

describe("a check of every account", () => {
  it("goes on when an account cannot be checked", async () => {
    const findings = await perAccount(
      "zones",
      fakeFacts({ closed: ["lob-a"] }),
      async ({ account, check }) => {
        await Promise.resolve();
        if (account.name === "lob-b") throw awsError("UnauthorizedOperation", "not you");
        return [ok(check, account.entry.id)];
      },
    );
    expect(findings).toEqual([
      ok("zones (shared-services)", "111111111111"),
      notChecked("zones (lob-a)", "lob-a is closed"),
      notChecked("zones (lob-b)", "UnauthorizedOperation: not you"),
    ]);
  });

  it("reports a bug of the check as a failure", async () => {
    const [first] = await perAccount("zones", fakeFacts(), () => Promise.reject(new TypeError("oh")));
    expect(first).toEqual(
      fail("zones (shared-services)", "the check itself failed: oh", expect.any(String) as string),
    );
  });

  it("checks no account when the config cannot be used", async () => {
    const facts = fakeFacts({ config: unknown("the config cannot be used") });
    await expect(perAccount("zones", facts, () => Promise.reject(new Error("not called")))).resolves.toEqual([
      notChecked("zones", "the config cannot be used"),
    ]);
  });
});
