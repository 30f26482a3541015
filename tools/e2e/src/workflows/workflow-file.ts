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

/** As far as our workflows go; its test holds it against GitHub's own language service. */
export interface Workflow {
  readonly name: string;
  /** In the order of the file, in which each job comes after the one that it needs. */
  readonly jobs: Readonly<Record<string, Job>>;
}

/** @param name - of a file in `.github/workflows`, without its ending, which is also what it calls itself */
export async function readWorkflow(name: string): Promise<Workflow> {
  const file = join(checkoutRoot(), ".github", "workflows", `${name}.yml`);
  return parse(await readFile(file, "utf8")) as Workflow;
}
