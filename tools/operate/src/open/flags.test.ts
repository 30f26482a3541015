import { OpenFailed } from "./failure";
import { type Flags, secretSource } from "./flags";
import { expectNoSecret, PASSWORD, TOKEN } from "./testing/secrets";

const FLAGS: Flags = { user: "alice" };

describe("secretSource", () => {
  it.each([
    ["a person at a terminal", {}, true, "prompt"],
    ["a password in a pipe", { passwordStdin: true }, false, "password-stdin"],
    ["a token in a pipe", { tokenStdin: true }, false, "token-stdin"],
  ] as const)("knows %s", (_case, flags, isTerminal, source) => {
    expect(secretSource({ ...FLAGS, ...flags }, isTerminal)).toBe(source);
  });

  it.each([
    ["a password on the command line", { password: PASSWORD }, true, /command line.*--password-stdin/],
    ["--password without a value", { password: true }, true, /command line/],
    ["a token on the command line", { token: TOKEN }, false, /command line.*--token-stdin/],
    ["both from one stdin", { passwordStdin: true, tokenStdin: true }, false, /not both/],
    ["no terminal to ask on", {}, false, /no terminal/],
    ["a password that would be echoed", { passwordStdin: true }, true, /echo/],
    ["a token that would be echoed", { tokenStdin: true }, true, /echo/],
  ] as const)("refuses %s, and says why", (_case, flags, isTerminal, message) => {
    const act = (): unknown => secretSource({ ...FLAGS, ...flags }, isTerminal);
    expect(act).toThrow(OpenFailed);
    expect(act).toThrow(message);
    try {
      act();
    } catch (error) {
      expectNoSecret(String(error));
    }
  });
});
