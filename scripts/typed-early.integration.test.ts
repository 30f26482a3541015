/** Commands that ask for a secret, on a real terminal. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

// On a busy machine a command takes seconds to load.
jest.setTimeout(60_000);

interface Seen {
  readonly shown: string;
  /** Whether the terminal stopped showing what is typed. */
  readonly silenced: boolean;
  readonly echoesAgain: boolean;
}

/** Types into a command while it is being loaded. Without a local AWS it ends before it asks. */
function typedInto(command: string, text: string): Seen {
  const typist = join(__dirname, "testing", "typed-early.py");
  const program = [join(ROOT, "studio"), command, "--user", "user-lob-a", "--config", "config/local.json"];
  const env = { ...process.env, AWS_ENDPOINT_URL: "" };
  const { stdout } = spawnSync("python3", [typist, text, ...program], { cwd: ROOT, env, encoding: "utf8" });
  return JSON.parse(stdout) as Seen;
}

describe("what is typed before a command asks for it", () => {
  it.each(["open", "token"])(
    "is not shown by ./studio %s, and the terminal echoes again afterwards",
    (name) => {
      const { shown, ...terminal } = typedInto(name, "typed-too-early\r");
      expect(terminal).toEqual({ silenced: true, echoesAgain: true });
      expect(shown).toContain("npm start");
      expect(shown).not.toContain("typed-too-early");
    },
  );

  it("is not shown when it is Ctrl-C either, and the terminal echoes again", () => {
    const { shown, ...terminal } = typedInto("token", "typed-too-early\u0003");
    expect(terminal).toEqual({ silenced: true, echoesAgain: true });
    expect(shown).not.toContain("typed-too-early");
  });
});
