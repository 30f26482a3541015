import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

jest.setTimeout(60_000);

async function run(...flags: string[]): Promise<string> {
  const args = ["--import", "tsx", join(__dirname, "cli.ts"), ...flags];
  return (await promisify(execFile)(process.execPath, args, { cwd: __dirname })).stdout;
}

describe("npm run bundle", () => {
  it("prints a line for each function with --verbose, and nothing otherwise", async () => {
    expect(await run()).toBe("");
    expect(await run("--verbose")).toMatch(
      /^lambda-authorizer \d+ bytes, unchanged\nlambda-presign \d+ bytes, unchanged\nlambda-portal \d+ bytes, unchanged\n$/,
    );
  });

  it("refuses an unknown flag", async () => {
    await expect(run("--loud")).rejects.toThrow("Unknown option '--loud'");
  });
});
