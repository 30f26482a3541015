import { confirm, NotConfirmed } from "./confirmation";

interface Case {
  readonly retain?: boolean;
  readonly given?: string;
  readonly answer?: string;
}

async function outcome({ retain = false, given, answer }: Case): Promise<string> {
  const ask = answer === undefined ? undefined : async (): Promise<string> => Promise.resolve(answer);
  try {
    await confirm({ environment: "prod", retain, given, ask });
    return "confirmed";
  } catch (error) {
    expect(error).toBeInstanceOf(NotConfirmed);
    return String(error);
  }
}

describe("a confirmation", () => {
  it.each<Case>([
    { given: "prod" },
    { given: "prod", retain: true },
    { answer: "y" },
    { answer: "Yes " },
    { answer: "prod", retain: true },
  ])("is given by %j", async (given) => {
    await expect(outcome(given)).resolves.toBe("confirmed");
  });

  it.each<[Case, RegExp]>([
    [{ given: "test" }, /--confirm names test, but this environment is prod/],
    [{ given: "test", answer: "y" }, /--confirm names test/],
    [{}, /confirm with: --confirm prod/],
    [{ answer: "" }, /Not confirmed/],
    [{ answer: "n" }, /Not confirmed/],
    [{ answer: "y", retain: true }, /That is not its name/],
    [{ answer: "test", retain: true }, /That is not its name/],
  ])("is not given by %j", async (given, message) => {
    const said = await outcome(given);
    expect(said).toMatch(message);
    expect(said).toContain("Nothing was deleted.");
  });
});
