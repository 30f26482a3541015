import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";

const FOLDER = resolve(__dirname, "../../../.github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly if?: string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group?: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const names = readdirSync(FOLDER).filter((name) => name.endsWith(".yml"));
const texts = new Map(names.map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]));

interface PlacedJob {
  /** `plan.yml: synth` */
  readonly where: string;
  readonly file: string;
  readonly name: string;
  readonly job: Job;
}

const jobs: readonly PlacedJob[] = [...workflows].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file}: ${name}`, file, name, job })),
);

function jobOf(file: string, name: string): Job {
  return workflows.get(file)!.jobs[name]!;
}

function may({ permissions = {} }: Job, scope: string): boolean {
  return permissions[scope] === "write";
}

function stepsUsing({ steps }: Job, action: string): readonly Step[] {
  return steps.filter(({ uses }) => uses?.startsWith(`${action}@`));
}

function wheres(found: readonly PlacedJob[]): readonly string[] {
  return found.map(({ where }) => where);
}

describe("the workflows", () => {
  it("are these four", () => {
    expect(names.sort()).toEqual(["ci.yml", "deploy.yml", "drift.yml", "plan.yml"]);
  });

  it.each(names)("%s is a workflow to GitHub's own language service, expressions and all", async (name) => {
    await expect(problemsOf(texts.get(name)!)).resolves.toEqual([]);
  });

  it("with an unknown key or a missing job are not", async () => {
    const text = texts.get("ci.yml")!;
    await expect(problemsOf(text.replace("timeout-minutes", "timeout-minute"))).resolves.not.toEqual([]);
    await expect(problemsOf(text.replace("github.ref }}", "needs.nobody.result }}"))).resolves.not.toEqual(
      [],
    );
  });

  it("never run in the name of the base branch for a pull request, nor for another workflow's", () => {
    const dangerous = ["pull_request_target", "workflow_run", "issue_comment"];
    const events = [...workflows].map(([name, { on }]) => [
      name,
      Object.keys(on).filter((event) => dangerous.includes(event)),
    ]);
    expect(events).toEqual(names.map((name) => [name, []]));
  });

  it("begin with no permission, and give each job its own", () => {
    expect([...workflows.values()].map(({ permissions }) => permissions)).toEqual(names.map(() => ({})));
    expect(wheres(jobs.filter(({ job }) => job.permissions === undefined))).toEqual([]);
  });

  it("give write permissions to these jobs alone", () => {
    const writes = jobs.flatMap(({ where, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, level]) => level !== "read")
        .map(([scope]) => `${where} ${scope}`),
    );
    expect(writes.sort()).toEqual([
      "deploy.yml: apply id-token",
      "deploy.yml: plan id-token",
      "drift.yml: issue issues",
      "drift.yml: look id-token",
      "plan.yml: comment pull-requests",
      "plan.yml: plan id-token",
    ]);
  });

  it("put no value that an outsider can write into a script: environment variables pass such values", () => {
    const scripts = jobs.flatMap(({ job }) => job.steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  it("have a time limit, and never run twice at once for the same ref", () => {
    expect(wheres(jobs.filter(({ job }) => job["timeout-minutes"] === undefined))).toEqual([]);
    expect([...workflows.values()].filter(({ concurrency }) => concurrency?.group === undefined)).toEqual([]);
  });

  it("leave no token of the checkout behind", () => {
    const careless = jobs.filter(({ job }) =>
      stepsUsing(job, "actions/checkout").some((step) => step.with?.["persist-credentials"] !== false),
    );
    expect(wheres(careless)).toEqual([]);
  });

  it("use actions of GitHub's own alone, each pinned to a commit that one version names", () => {
    const used = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/uses: (\S+)(.*)$/gm)].map(([, uses, rest]) => `${uses}${rest}`),
    );
    expect(used.filter((uses) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))).toEqual([]);
    expect(new Set(used).size).toBe(new Set(used.map((uses) => uses.split("@")[0])).size);
  });

  it("pass secrets to no job: the only one is the run's own token", () => {
    expect([...texts.values()].filter((text) => text.includes("secrets."))).toEqual([]);
  });
});

describe("a job with a way into AWS", () => {
  const inside = jobs.filter(({ job }) => may(job, "id-token"));

  it("restores no cache: a pull request's own job may have filled it", () => {
    const cached = inside.filter(
      ({ job }) =>
        stepsUsing(job, "actions/cache").length > 0 ||
        stepsUsing(job, "actions/setup-node").some((step) => step.with?.["package-manager-cache"] !== false),
    );
    expect(wheres(cached)).toEqual([]);
  });

  it("runs the base branch's code in a pull request, and never for a fork", () => {
    for (const { where, job } of inside.filter(({ file }) => file === "plan.yml")) {
      const refs = stepsUsing(job, "actions/checkout").map((step) => step.with?.["ref"]);
      expect([where, refs]).toEqual([where, ["${{ github.event.pull_request.base.sha }}"]]);
      expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    }
  });

  it("takes nothing from the pull request but what the allow-list has passed, before it asks for a session", () => {
    for (const file of ["plan.yml", "deploy.yml"]) {
      const commands = jobOf(file, "plan").steps.map(({ run = "" }) => run);
      const [check, session, plan] = ["allow-list/cli.ts", "sessions/cli.ts --role plan", "npm run plan"].map(
        (part) => commands.findIndex((command) => command.includes(part)),
      );
      expect([file, check! > 0 && check! < session! && session! < plan!]).toEqual([file, true]);
    }
  });

  it("never runs npm scripts of what was synthesized, nor synthesizes", () => {
    const commands = jobOf("plan.yml", "plan").steps.flatMap(({ run }) => run ?? []);
    expect(commands.filter((command) => /npm run (?!plan\b)|cdktf|npm test|npx/.test(command))).toEqual([]);
  });

  it("gets the apply role only in the environment that needs approval, and on the default branch", () => {
    const changing = jobs.filter(({ job }) => job.steps.some(({ run }) => run?.includes("--role apply")));
    expect(wheres(changing)).toEqual(["deploy.yml: apply"]);
    expect(changing[0]?.job.environment).toBe("${{ vars.STUDIO_ACCESS_ENVIRONMENT }}");
    expect(wheres(jobs.filter(({ job }) => job.environment !== undefined))).toEqual(["deploy.yml: apply"]);
    expect(jobOf("deploy.yml", "synth").if).toContain(
      "github.ref_name == github.event.repository.default_branch",
    );
  });
});

describe("a job that runs a pull request's code", () => {
  it.each([
    ["ci.yml", "checks"],
    ["ci.yml", "e2e"],
    ["plan.yml", "synth"],
  ])("reads the repository and nothing else: %s %s", (file, name) => {
    const job = jobOf(file, name);
    expect(job.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(job)).not.toMatch(/github\.token|GITHUB_TOKEN|id-token/);
  });
});

describe("the tests of a change", () => {
  const root = resolve(FOLDER, "../..");

  it("have a job for each file of the end-to-end tests", () => {
    const files = readdirSync(join(root, "tools/e2e/src"), { recursive: true, encoding: "utf8" });
    expect([...jobOf("ci.yml", "e2e").strategy!.matrix["file"]!].sort()).toEqual(
      files.filter((file) => /(?<!\.integration)\.test\.ts$/.test(file)).sort(),
    );
  });

  it("run every script of tests that package.json has, but for the one that watches", () => {
    const manifest = readFileSync(join(root, "package.json"), "utf8");
    const { scripts } = JSON.parse(manifest) as { scripts: Readonly<Record<string, string>> };
    const commands = ["checks", "e2e"].flatMap((name) => jobOf("ci.yml", name).steps.map(({ run }) => run));
    const missed = Object.keys(scripts)
      .filter((name) => name.startsWith("test:") && name !== "test:watch")
      .filter((name) => !commands.some((command) => command?.startsWith(`npm run ${name}`)));
    expect(missed).toEqual([]);
  });
});

describe("a deploy", () => {
  it("uploads encrypted plans, and none in clear text", () => {
    const uploads = jobs.flatMap(({ job }) =>
      stepsUsing(job, "actions/upload-artifact").map((step) => String(step.with?.["path"]).trim()),
    );
    expect(uploads).toEqual(expect.arrayContaining(["sealed", "synthesized"]));
    expect(uploads.filter((path) => /plan|cdktf\.out|\.studio-access/.test(path))).toEqual([]);
  });

  it("is one at a time, and is not broken off by the next", () => {
    expect(workflows.get("deploy.yml")?.concurrency).toEqual({
      group: "deploy",
      "cancel-in-progress": false,
    });
  });
});

let asked = 0;

/** The problems that GitHub's language service, which checks workflows in editors, reports. */
async function problemsOf(text: string): Promise<readonly string[]> {
  // The language service caches each document by its address.
  asked += 1;
  const uri = `file:///repository/.github/workflows/${asked}.yml`;
  const found = await validate(TextDocument.create(uri, "yaml", 1, text), {});
  return found.map(({ message, range }) => `line ${range.start.line + 1}: ${JSON.stringify(message)}`);
}
