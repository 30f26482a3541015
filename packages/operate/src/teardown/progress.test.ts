import { runSteps, type Step } from "./progress";

const OPTIONS = { atOnce: 1, silent: true };

function failing(title: string, message: string): Step {
  return { title, run: async () => Promise.reject(new Error(message)) };
}

describe("steps", () => {
  it("all run, also when one of them fails, whose error is thrown then", async () => {
    const done: string[] = [];
    const step = (title: string): Step => ({
      title,
      run: async () => {
        done.push(title);
        return Promise.resolve();
      },
    });
    const error = new Error("of two\nlines");
    const steps = [step("first"), { title: "second", run: async () => Promise.reject(error) }, step("third")];
    await expect(runSteps(steps, OPTIONS)).rejects.toBe(error);
    expect(done).toEqual(["first", "third"]);
  });

  it("that fail say so together", async () => {
    const steps = [failing("lob-a", "no access to lob-a"), failing("lob-b", "no access to lob-b")];
    await expect(runSteps(steps, OPTIONS)).rejects.toThrow("no access to lob-a\n\nno access to lob-b");
  });

  it("may be none", async () => {
    await expect(runSteps([], OPTIONS)).resolves.toBeUndefined();
  });
});
