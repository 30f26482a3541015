import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { checkoutRoot } from "@studio-access/terraform-cli";
import { parse } from "yaml";

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** The part of the workflow syntax that this project uses. A test checks the files with GitHub's own language service. */
export interface Workflow {
  readonly name: string;
  /** In the order of the file, in which each job comes after the jobs that it needs. */
  readonly jobs: Readonly<Record<string, Job>>;
}

/** @param name - name of a file in `.github/workflows` without its extension, which is also the workflow's `name` */
export async function readWorkflow(name: string): Promise<Workflow> {
  const file = join(checkoutRoot(), ".github", "workflows", `${name}.yml`);
  return parse(await readFile(file, "utf8")) as Workflow;
}
