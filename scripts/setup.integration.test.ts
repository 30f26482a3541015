import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Output of a first run without npm packages. PATH holds Node and these programs, each given as a line of shell. */
function firstRun(programs: Readonly<Record<string, string>>, version = process.versions.node): string {
  const root = mkdtempSync(join(tmpdir(), "first-run-"));
  try {
    mkdirSync(join(root, "bin"));
    cpSync(join(__dirname, "setup.mjs"), join(root, "scripts/setup.mjs"));
    symlinkSync(process.execPath, join(root, "bin/node"));
    for (const [name, text] of Object.entries(programs))
      writeFileSync(join(root, "bin", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    const script = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });
      const { ensurePackages } = await import("./scripts/setup.mjs");
      await ensurePackages({ mayInstall: true, python: true }).catch(({ message }) => console.log(message));`;
    const { stdout } = spawnSync("node", ["--input-type=module", "--eval", script], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: join(root, "bin") },
    });
    return stdout;
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("a first run", () => {
  it("names everything that is missing or too old at once, and installs nothing", () => {
    expect(firstRun({ python3: "exit 1" }, "18.20.0").trim().split("\n")).toEqual([
      "Node 18.20.0 is too old: install Node 24, from https://nodejs.org",
      "npm is not on PATH: it comes with Node, from https://nodejs.org",
      expect.stringContaining("There is no Python 3.10 or later"),
    ]);
  });

  it("installs the npm packages when nothing is missing", () => {
    expect(firstRun({ npm: "echo npm was told $*", python3: "exit 0" })).toBe(
      "Installing the npm packages: npm ci\nnpm was told ci --no-audit --no-fund\n",
    );
  });
});
