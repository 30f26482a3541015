import type { Config } from "@studio-access/config";
import { attributesByFate } from "../closed-world/closed-world";
import { MATRICES, type MatrixName } from "../matrices/matrix";
import { shortId } from "../report/short-id";
import { pairsOf } from "../report/terminal";
import type { Verification } from "../verify";
import type { CellRecorder, Recorded } from "./cell-recorder";
import { Behind, withBehind } from "./behind";
import { drawingOf } from "./drawing";
import { Groups } from "./groups";
import { htmlPage } from "./html";
import { namesOf } from "./names";
import type { AxisItem, PageData, PageMatrix } from "./page-data";

/** The order of the tabs: readers ask most often for reach and presign. */
const ORDER: readonly MatrixName[] = [
  "reach",
  "presign",
  "networks",
  "transit",
  "assume",
  "data",
  "endpoints",
  "settings",
];

/** The page's data, from a verification and the cells that the recorder kept of it. */
export function pageData(
  { model, matrices, surprises, unproven, environment }: Verification,
  recorder: CellRecorder,
  { config, provedAt }: { readonly config: Config; readonly provedAt: Date },
): PageData {
  const groups = new Groups(config);
  const behind = new Behind(model.resources);
  const drawing = drawingOf(model, config.network.corporateCidrs, groups);
  return {
    environment,
    region: config.region,
    provedAt: provedAt.toISOString(),
    groups: groups.names,
    cellCount: matrices.reduce((sum, { cellCount }) => sum + cellCount, 0),
    surpriseCount: pairsOf(surprises),
    unprovenCount: unproven.reduce((sum, { count }) => sum + count, 0),
    attributes: attributesByFate(model.resources),
    names: namesOf(model, drawing),
    drawing,
    matrices: ORDER.flatMap((name) => recorder.matrices.filter((matrix) => matrix.name === name)).map(
      (matrix) =>
        pageMatrix({ ...matrix, kinds: withBehind(matrix, behind) }, groups, `studio-access-${environment}-`),
    ),
  };
}

function pageMatrix(
  { name, rows, columns, kinds, runs }: Recorded,
  groups: Groups,
  prefix: string,
): PageMatrix {
  const items = (ids: readonly string[]): readonly AxisItem[] =>
    ids.map((id) => {
      const label = shortId(id).replaceAll(prefix, "");
      return { id, label, shape: groups.shapeOf(label, id), group: groups.of(id) };
    });
  return {
    name,
    title: MATRICES[name],
    rows: items(rows),
    columns: items(columns),
    kinds: kinds.map((kind) => ({ ...kind, shape: groups.shapeOf(kind.outcome, kind.outcome) })),
    runs,
  };
}

/** The page as a single HTML file. */
export async function verifiedPage(
  verification: Verification,
  recorder: CellRecorder,
  options: { readonly config: Config; readonly provedAt: Date },
): Promise<string> {
  return htmlPage(pageData(verification, recorder, options));
}
