import { join, relative } from "node:path";

import { readStateFolder } from "@studio-access/terraform";
import { prove } from "@studio-access/verify";

import type { Workspace } from "./workspace";

/** What the state proves of a deployment. */
export interface ProofSummary {
  /** Whether every cell is as the config calls for. */
  readonly ok: boolean;
  /** One line. */
  readonly verdict: string;
  /** The page to look at, seen from the checkout. */
  readonly page: string;
  readonly seconds: number;
}

/** Proves a deployment by its state files; the page lies beside its other files. */
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
