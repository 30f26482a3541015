import { PassThrough } from "node:stream";

import { OpenFailed } from "./failure";
import { promptSecret, readSecret } from "./secret-input";
import { PASSWORD } from "./testing/secrets";

function stream(...chunks: string[]): PassThrough {
  const through = new PassThrough();
  for (const chunk of chunks) through.write(chunk);
  through.end();
  return through;
}

describe("readSecret", () => {
  it.each([
    ["without a line end", [PASSWORD]],
    ["and removes its line end", [`${PASSWORD}\n`]],
    ["and removes a Windows line end", [`${PASSWORD}\r\n`]],
    ["in pieces", [PASSWORD.slice(0, 5), PASSWORD.slice(5), "\n"]],
  ])("reads a secret %s", async (_case, chunks) => {
    await expect(readSecret(stream(...chunks), "password")).resolves.toBe(PASSWORD);
  });

  it("keeps leading and trailing blanks, which a password may have", async () => {
    await expect(readSecret(stream(" a b \n"), "password")).resolves.toBe(" a b ");
  });

  it.each([
    ["nothing", [], "stdin holds no password."],
    ["an empty line", ["\n"], "stdin holds no password."],
    ["two lines", [`${PASSWORD}\n${PASSWORD}\n`], "more than one line"],
    ["a whole file", ["x".repeat(40_000)], "more than one password"],
  ])("refuses %s", async (_case, chunks, message) => {
    const failure: unknown = await readSecret(stream(...chunks), "password").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenFailed);
    expect(String(failure)).toContain(message);
    expect(String(failure)).not.toContain(PASSWORD);
  });
});

describe("promptSecret", () => {
  interface Terminal {
    readonly input: PassThrough & { setRawMode?: (raw: boolean) => void };
    readonly output: PassThrough;
    readonly raw: boolean[];
    shown(): string;
  }

  function openTerminal(): Terminal {
    const raw: boolean[] = [];
    const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void raw.push(on) });
    const output = new PassThrough();
    return { input, output, raw, shown: () => (output.read() as Buffer | null)?.toString() ?? "" };
  }

  it("asks, and does not show the typed text", async () => {
    const terminal = openTerminal();
    const answer = promptSecret("Password: ", terminal);
    for (const key of `${PASSWORD}\r`) terminal.input.write(key);
    await expect(answer).resolves.toBe(PASSWORD);
    expect(terminal.shown()).toBe("Password: \n");
  });

  it("turns the terminal's echo off only while it asks", async () => {
    const terminal = openTerminal();
    const answer = promptSecret("Password: ", terminal);
    expect(terminal.raw).toEqual([true]);
    terminal.input.write("secret\r");
    await answer;
    expect(terminal.raw).toEqual([true, false]);
  });

  it("asks again on the same terminal", async () => {
    const terminal = openTerminal();
    const first = promptSecret("One: ", terminal);
    terminal.input.write("a\r");
    await first;
    const second = promptSecret("Two: ", terminal);
    terminal.input.write("b\r");
    await expect(second).resolves.toBe("b");
  });

  it.each([
    ["Ctrl-C", "\u0003"],
    ["the end of input", "\u0004"],
  ])("ends with %s", async (_case, key) => {
    const terminal = openTerminal();
    const answer = promptSecret("Password: ", terminal);
    terminal.input.write(key);
    await expect(answer).rejects.toThrow("Interrupted.");
    expect(terminal.raw.at(-1)).toBe(false);
  });
});
