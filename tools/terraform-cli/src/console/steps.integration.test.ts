import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { everyFewSeconds, runSteps, type Step } from "./steps";

function failing(title: string, message: string): Step {
  return { title, run: async () => Promise.reject(new Error(message)) };
}

/** Three steps of which the second fails; the others write down that they ran. */
function steps(error: Error, done: string[]): Step[] {
  const step = (title: string): Step => ({
    title,
    run: async () => {
      done.push(title);
      return Promise.resolve();
    },
  });
  return [step("first"), { title: "second", run: async () => Promise.reject(error) }, step("third")];
}

describe("steps", () => {
  it("end with the first that fails, whose error is thrown", async () => {
    const done: string[] = [];
    const error = new Error("of two\nlines");
    await expect(runSteps(steps(error, done), { silent: true })).rejects.toBe(error);
    expect(done).toEqual(["first"]);
  });

  it("all run where they shall go on, and the error is thrown then", async () => {
    const done: string[] = [];
    const error = new Error("of two\nlines");
    await expect(runSteps(steps(error, done), { silent: true, goOn: true })).rejects.toBe(error);
    expect(done).toEqual(["first", "third"]);
  });

  it("that fail say so together", async () => {
    const both = [failing("lob-a", "no access to lob-a"), failing("lob-b", "no access to lob-b")];
    await expect(runSteps(both, { silent: true, goOn: true })).rejects.toThrow(
      "no access to lob-a\n\nno access to lob-b",
    );
  });

  it("that only show as failed throw nothing and stop nothing", async () => {
    const done: string[] = [];
    const [first, , third] = steps(new Error("unused"), done);
    const told: Step = {
      title: "told elsewhere",
      run: async ({ fail }) => {
        fail();
        return Promise.resolve();
      },
    };
    await runSteps(
      [first, told, third].flatMap((step) => step ?? []),
      { silent: true, goOn: true },
    );
    expect(done).toEqual(["first", "third"]);
  });

  it("may be none", async () => {
    await expect(runSteps([], { silent: true })).resolves.toBeUndefined();
  });
});

/** What a program prints that has two steps, of which the first fails, and no terminal. */
function failingProgram(): string {
  const from = (file: string): string => `require(${JSON.stringify(join(__dirname, file))})`;
  const script = `
    const step = { title: "Find it", run: async () => { throw new Error("no such bucket"); } };
    ${from("program-end.ts")}.endWith(${from("steps.ts")}.runSteps([step, { title: "Empty it", run: async () => {} }]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    timeout: 60_000,
  });
  return stdout + stderr;
}

describe("steps without a terminal", () => {
  it("say which one failed; why is said once, at the end", () => {
    const printed = failingProgram();
    expect(printed).toMatch(/Find it \[FAILED\]\n\nno such bucket\n$/);
    expect(printed.split("no such bucket")).toHaveLength(2);
    expect(printed).not.toContain("Empty it");
  });
});

describe("what a step reports", () => {
  it("is passed on with pauses", () => {
    const shown: string[] = [];
    const report = everyFewSeconds((text) => shown.push(text), 60_000);
    for (const text of ["1 of 9", "2 of 9", "3 of 9"]) report(text);
    expect(shown).toEqual(["1 of 9"]);
  });

  it("is passed on when it is another", () => {
    const shown: string[] = [];
    const report = everyFewSeconds((text) => shown.push(text), 0);
    for (const text of ["1 of 9", "1 of 9", "2 of 9"]) report(text);
    expect(shown).toEqual(["1 of 9", "2 of 9"]);
  });
});
