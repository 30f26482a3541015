import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function run(program: string, args: readonly string[], cwd = ROOT): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: 60_000 });
  return { code: status, text: stdout + stderr };
}

describe("./studio", () => {
  it("lists its commands, and says which word is none", () => {
    expect(run(join(ROOT, "studio"), ["help"]).text).toMatch(/^ {2}teardown {2}/m);
    expect(run(join(ROOT, "studio"), ["tear-down"])).toMatchObject({
      code: 1,
      text: expect.stringContaining("There is no command tear-down.") as unknown,
    });
  });

  it("works from any folder, also as npx studio-access", () => {
    expect(run(join(ROOT, "studio"), ["verify", "--help"], "/")).toMatchObject({ code: 0 });
    expect(run("npx", ["studio-access", "verify", "--help"]).text).toContain("Usage: ./studio verify");
  });
});

describe("npm run teardown", () => {
  it("deletes nothing when npm keeps --dry-run", () => {
    const typed = "run teardown --dry-run -- --lob lob-b --confirm local";
    const { code, text } = run("npm", typed.split(" "));
    expect(code).toBe(1);
    expect(text).toContain(
      "npm kept --dry-run for itself, so nothing was done. Write `./studio teardown --dry-run …`",
    );
    expect(text).not.toContain("Synthesizing");
  });
});
