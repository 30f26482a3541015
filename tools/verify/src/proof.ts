import { writeFile } from "node:fs/promises";

import { loadConfig } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";

import { collectEarly } from "./heap";
import { CellRecorder } from "./page/cell-recorder";
import { verifiedPage } from "./page/page";
import { jsonReport } from "./report/json";
import { terminalReport, verdictOf } from "./report/terminal";
import { verify, type Verification } from "./verify";

export interface ProofFiles {
  readonly json?: string | undefined;
  readonly html?: string | undefined;
}

/** The result of a verification, with its report for people. */
export interface Proof {
  /** Whether there are no surprises. */
  readonly ok: boolean;
  /** One line. */
  readonly verdict: string;
  /** A table, every surprise, and the verdict. */
  readonly report: string;
  readonly verification: Verification;
}

/** Compares the deployed state with what the config calls for, and writes the reports that are asked for. */
export async function prove(
  resources: readonly ResourceInstance[],
  configFile: string,
  { json, html }: ProofFiles = {},
): Promise<Proof> {
  collectEarly();
  const config = loadConfig(configFile);
  // Only the page needs every cell of a large environment.
  const recorder = html === undefined ? undefined : new CellRecorder();
  const verification = verify(resources, config, recorder && { listener: recorder });
  if (json !== undefined) await writeFile(json, jsonReport(verification));
  if (html !== undefined && recorder !== undefined)
    await writeFile(html, await verifiedPage(verification, recorder, { config, provedAt: new Date() }));
  return {
    ok: verification.surprises.length === 0,
    verdict: verdictOf(verification),
    report: terminalReport(verification),
    verification,
  };
}
