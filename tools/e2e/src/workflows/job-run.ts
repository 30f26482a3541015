import { spawn } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { filled, type Contexts } from "./expressions";
import { machineVariables, readVariables } from "./job-environment";
import type { Job, Step } from "./workflow-file";

export interface JobResult {
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
  /** Output of the steps, and the text that they wrote to the run's summary. */
  readonly log: string;
  /** Folder of the job's files: RUNNER_TEMP. */
  readonly folder: string;
  /** Name or command of the failed step. */
  readonly failedAt?: string;
}

export interface JobOptions {
  readonly job: Job;
  /** An empty folder for this job only. */
  readonly folder: string;
  /** Folder of the run's artifacts. */
  readonly artifacts: string;
  readonly contexts: Contexts;
  readonly variables: Readonly<Record<string, string>>;
  /** Fills the job's folder like `actions/checkout`. @param ref - commit; undefined: the event's commit */
  readonly checkOut: (folder: string, ref: string | undefined) => Promise<void>;
}

/** Commands that are skipped: the packages are linked already, and the other tests run the laws. */
const LEFT_OUT = [/^npm ci\b/, /^npm run test:laws$/];

/** Runs a job's own commands in the order and with the values of its workflow; actions are replaced by fakes. */
export class JobRun {
  readonly #options: JobOptions;
  readonly #workspace: string;
  readonly #variables: Record<string, string>;
  readonly #steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }> = {};
  #log = "";

  constructor(options: JobOptions) {
    this.#options = options;
    this.#workspace = join(options.folder, "workspace");
    this.#variables = {
      ...machineVariables(),
      CI: "true",
      RUNNER_TEMP: options.folder,
      ...options.variables,
    };
  }

  async run(): Promise<JobResult> {
    const { job, folder, contexts } = this.#options;
    await rm(folder, { recursive: true, force: true });
    await mkdir(this.#workspace, { recursive: true });
    for (const [name, value] of Object.entries(job.env ?? {}))
      this.#variables[name] = filled(value, contexts);
    for (const step of job.steps) {
      if (await this.#passes(step)) continue;
      const failedAt = step.name ?? step.run ?? step.uses ?? "";
      return { result: "failure", outputs: {}, log: this.#log, folder, failedAt };
    }
    const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, this.#filled(value)]);
    return {
      result: "success",
      outputs: Object.fromEntries(outputs) as Readonly<Record<string, string>>,
      log: this.#log,
      folder,
    };
  }

  async #passes(step: Step): Promise<boolean> {
    if (step.uses !== undefined) {
      await this.#use(step.uses, step.with ?? {});
      return true;
    }
    const { run = "" } = step;
    return LEFT_OUT.some((pattern) => pattern.test(run)) || this.#script(step, run);
  }

  async #use(uses: string, given: Readonly<Record<string, string>>): Promise<void> {
    const { artifacts, checkOut } = this.#options;
    const text = (name: string): string => this.#filled(given[name] ?? "");
    const [action = ""] = uses.split("@");
    switch (action) {
      case "actions/checkout":
        await checkOut(this.#workspace, text("ref") || undefined);
        return;
      case "actions/setup-node":
        return;
      case "actions/upload-artifact":
        await this.#upload(text("path"), join(artifacts, text("name")));
        return;
      case "actions/download-artifact":
        await cp(join(artifacts, text("name")), join(this.#workspace, text("path")), { recursive: true });
        return;
      default:
        throw new Error(`nothing here stands in for ${action}`);
    }
  }

  /** For one folder its content is uploaded; for several files, each file by its name. */
  async #upload(paths: string, to: string): Promise<void> {
    const [first = "", ...more] = paths.split("\n").filter((path) => path !== "");
    await rm(to, { recursive: true, force: true });
    if (more.length === 0 && !/\.\w+$/.test(first)) {
      await cp(join(this.#workspace, first), to, { recursive: true });
      return;
    }
    for (const path of [first, ...more]) await cp(join(this.#workspace, path), join(to, path));
  }

  async #script(step: Step, script: string): Promise<boolean> {
    const files = { GITHUB_ENV: "", GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "" };
    for (const name of Object.keys(files) as (keyof typeof files)[]) {
      files[name] = join(this.#options.folder, name.toLowerCase());
      await writeFile(files[name], "");
    }
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, this.#filled(value)]);
    const code = await this.#bash(script, {
      ...this.#variables,
      ...files,
      ...(Object.fromEntries(own) as Readonly<Record<string, string>>),
    });
    Object.assign(this.#variables, await readVariables(files.GITHUB_ENV));
    if (step.id !== undefined) this.#steps[step.id] = { outputs: await readVariables(files.GITHUB_OUTPUT) };
    return code === 0;
  }

  /** Runs a script like GitHub does for a step without a `shell`. */
  async #bash(script: string, env: Readonly<Record<string, string>>): Promise<number> {
    const child = spawn("bash", ["-e", "-c", script], {
      cwd: this.#workspace,
      env: { ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (this.#log += data.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        resolve(status ?? -1);
      });
    });
  }

  #filled(text: string): string {
    return filled(text, { ...this.#options.contexts, steps: this.#steps });
  }
}
