import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { GithubStandIn } from "./testing/stand-in";

const CLI = join(__dirname, "cli.ts");
const TOKEN = "a-token-of-a-test";

let github: GithubStandIn;
let folder: string;

beforeAll(async () => {
  github = await GithubStandIn.start();
  folder = mkdtempSync(join(tmpdir(), "studio-access-github-"));
});

afterAll(async () => {
  await github.stop();
  rmSync(folder, { recursive: true });
});

/** The command, as a workflow's step runs it. */
function run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    PATH: process.env["PATH"],
    GITHUB_TOKEN: TOKEN,
    GITHUB_REPOSITORY: "example/studio",
    GITHUB_API_URL: github.url,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe("the command of the workflows", () => {
  it("comments, and says where", async () => {
    const file = join(folder, "report.md");
    writeFileSync(file, "## Plan\n");
    const ended = await run("comment", "--pull-request", "7", "--file", file);
    expect(ended).toEqual({
      code: 0,
      output: "Comment created: https://github.com/example/studio/comments/1\n",
    });
    expect(github.comments[0]?.body).toBe("<!-- studio-access:plan -->\n## Plan\n");
  });

  it("fails with GitHub's reason, and without the token", async () => {
    github.preparedResponses.push({ status: 403, message: "Resource not accessible by integration" });
    const { code, output } = await run("issue", "--title", "Drift");
    expect(code).toBe(1);
    expect(output).toMatch(
      /^GitHub refused to keep the issue about drift of example\/studio \(403: .*`issues: write`/,
    );
    expect(output).not.toContain(TOKEN);
  });
});
