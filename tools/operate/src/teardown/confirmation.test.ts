import { confirm, NotConfirmed } from "./confirmation";

interface Case {
  readonly given?: string;
  readonly answer?: string;
}

async function outcome({ given, answer }: Case): Promise<string> {
  const ask = answer === undefined ? undefined : async (): Promise<string> => Promise.resolve(answer);
  try {
    await confirm({ environment: "prod", given, ask });
    return "confirmed";
  } catch (error) {
    expect(error).toBeInstanceOf(NotConfirmed);
    return String(error);
  }
}

describe("a confirmation", () => {
  it.each<Case>([{ given: "prod" }, { answer: "prod" }, { answer: " prod " }])(
    "is given by %j",
    async (given) => {
      await expect(outcome(given)).resolves.toBe("confirmed");
    },
  );

  it.each<[Case, RegExp]>([
    [{ given: "test" }, /--confirm names test, but this environment is prod/],
    [{ given: "", answer: "prod" }, /--confirm names/],
    [{ given: "test", answer: "prod" }, /--confirm names test/],
    [{}, /confirm with: --confirm prod/],
    [{ answer: "" }, /That is not the environment's name/],
    [{ answer: "y" }, /That is not the environment's name/],
    [{ answer: "PROD" }, /That is not the environment's name/],
    [{ answer: "test" }, /That is not the environment's name/],
  ])("is not given by %j", async (given, message) => {
    const said = await outcome(given);
    expect(said).toMatch(message);
    expect(said).toContain("Nothing was deleted.");
  });
});
