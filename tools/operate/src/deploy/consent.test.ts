import { ensureConsentIsPossible, isApproved } from "./consent";

const place = "environment prod, in AWS";
const asks = (answer: string) => jest.fn<Promise<string>, [string]>(() => Promise.resolve(answer));

describe("the consent to a deploy", () => {
  it.each([
    ["yes", true],
    [" yes\n", true],
    ["y", false],
    ["", false],
  ])("is asked for, and given only by the whole word: %j", async (answer, approved) => {
    const ask = asks(answer);
    await expect(isApproved(["lob-a", "lob-b"], 0, { place, isGiven: false, ask })).resolves.toBe(approved);
    expect(ask).toHaveBeenCalledWith(
      "\nApply these plans of lob-a, lob-b to environment prod, in AWS? Only 'yes' applies them: ",
    );
  });

  it("is asked for with the number of stacks that follow", async () => {
    const ask = asks("yes");
    await isApproved(["networking"], 3, { place, isGiven: false, ask });
    expect(ask.mock.calls[0]?.[0]).toContain("3 more stacks follow, planned and asked for after these.");
  });

  it("is not asked for with --auto-approve", async () => {
    const ask = asks("no");
    await expect(isApproved(["lob-a"], 0, { place, isGiven: true, ask })).resolves.toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it("needs a terminal or --auto-approve, before anything is planned", () => {
    const ensure = (isGiven: boolean, ask?: ReturnType<typeof asks>) => (): void => {
      ensureConsentIsPossible({ isGiven, ask });
    };
    expect(ensure(false)).toThrow(/nothing was planned.*--auto-approve/);
    expect(ensure(true)).not.toThrow();
    expect(ensure(false, asks(""))).not.toThrow();
  });
});
