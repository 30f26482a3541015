import { join, relative } from "node:path";

import { readStateFolder } from "@studio-access/terraform";
import { prove } from "@studio-access/verify";

import type { Workspace } from "./workspace";

/** Result of the proofs over a deployment's state. */
export interface ProofSummary {
  /** Whether every cell of the matrices is as the config requires. */
  readonly ok: boolean;
  /** The result in one line. */
  readonly verdict: string;
  /** Path of the HTML page, relative to the checkout. */
  readonly page: string;
  readonly seconds: number;
}

/** Proves a deployment from its state files, and writes the page beside its other files. */
export async function proofOf({
  root,
  directory,
  stateDirectory,
  configFile,
}: Pick<Workspace, "root" | "directory" | "stateDirectory" | "configFile">): Promise<ProofSummary> {
  const began = performance.now();
  const html = join(directory, "verify.html");
  const resources = (await readStateFolder(stateDirectory)).flatMap(({ instances }) => instances);
  const { ok, verdict } = await prove(resources, configFile, { html });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { ok, verdict, page: relative(root, html), seconds };
}
