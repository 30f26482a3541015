import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { everyFewSeconds, runSteps, type Step } from "./steps";

function failing(title: string, message: string): Step {
  return { title, run: async () => Promise.reject(new Error(message)) };
}

/** Three steps of which the second fails; the others record that they ran. */
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
  it("end with the first failed step, whose error is thrown", async () => {
    const done: string[] = [];
    const error = new Error("of two\nlines");
    await expect(runSteps(steps(error, done), { silent: true })).rejects.toBe(error);
    expect(done).toEqual(["first"]);
  });

  it("all run with goOn, and the error is thrown at the end", async () => {
    const done: string[] = [];
    const error = new Error("of two\nlines");
    await expect(runSteps(steps(error, done), { silent: true, goOn: true })).rejects.toBe(error);
    expect(done).toEqual(["first", "third"]);
  });

  it("that fail are reported in one error", async () => {
    const both = [failing("lob-a", "no access to lob-a"), failing("lob-b", "no access to lob-b")];
    await expect(runSteps(both, { silent: true, goOn: true })).rejects.toThrow(
      "no access to lob-a\n\nno access to lob-b",
    );
  });

  it("that are only shown as failed throw nothing and do not stop the others", async () => {
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

  it("may be an empty list", async () => {
    await expect(runSteps([], { silent: true })).resolves.toBeUndefined();
  });
});

/** Output, without a terminal, of a program with two steps of which the first fails. */
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
  it("show which one failed, and give the reason only once, at the end", () => {
    const printed = failingProgram();
    expect(printed).toMatch(/Find it \[FAILED\]\n\nno such bucket\n$/);
    expect(printed.split("no such bucket")).toHaveLength(2);
    expect(printed).not.toContain("Empty it");
  });
});

describe("the reports of a step", () => {
  it("are shown with pauses between them", () => {
    const shown: string[] = [];
    const report = everyFewSeconds((text) => shown.push(text), 60_000);
    for (const text of ["1 of 9", "2 of 9", "3 of 9"]) report(text);
    expect(shown).toEqual(["1 of 9"]);
  });

  it("are shown only when the text has changed", () => {
    const shown: string[] = [];
    const report = everyFewSeconds((text) => shown.push(text), 0);
    for (const text of ["1 of 9", "1 of 9", "2 of 9"]) report(text);
    expect(shown).toEqual(["1 of 9", "2 of 9"]);
  });
});
