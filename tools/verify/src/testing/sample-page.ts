import type { ResourceInstance } from "@studio-access/terraform";
import { CellRecorder } from "../page/cell-recorder";
import { pageData, verifiedPage } from "../page/page";
import type { PageData } from "../page/page-data";
import type { Config } from "@studio-access/config";
import { verify } from "../verify";

const provedAt = new Date("2026-01-02T03:04:05Z");

/** The page of a state, for tests. Its date is fixed. */
export async function samplePage(state: readonly ResourceInstance[], config: Config): Promise<string> {
  const listener = new CellRecorder();
  return verifiedPage(verify(state, config, { listener }), listener, { config, provedAt });
}

export function samplePageData(state: readonly ResourceInstance[], config: Config): PageData {
  const listener = new CellRecorder();
  return pageData(verify(state, config, { listener }), listener, { config, provedAt });
}
