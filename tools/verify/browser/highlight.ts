import type { AxisItem, CellKind, Drawing, PageMatrix } from "../src/page/page-data";

/** The part of the drawing that belongs to a cell. */
export interface Highlight {
  /** Ids of boxes and rows, in the order in which they are passed. */
  readonly passed: readonly string[];
  /** Id of the box or row that refuses the connection; undefined when nothing refuses it. */
  readonly stop: string | undefined;
}

export interface ChosenCell {
  readonly matrix: PageMatrix["name"];
  readonly row: AxisItem;
  readonly column: AxisItem;
  readonly kind: CellKind;
}

const ID =
  /\b(?:tgw-rtb|tgw-attach|tgw|vpce|vpc|rtb|pcx|sg|subnet|igw|nat|rslvr-in|rslvr-out)-[0-9a-z]+\b(?!-|\.\w)/g;

/** Every id that a text names, in order. */
export function idsIn(text: string): readonly string[] {
  return text.match(ID) ?? [];
}

export function highlightOf(drawing: Drawing, cell: ChosenCell): Highlight {
  const { matrix, row, column, kind } = cell;
  const place = placeFinder(drawing);
  switch (matrix) {
    case "reach":
    case "networks":
    case "transit":
      return networkHighlight(cell, place);
    case "presign":
      return kind.outcome === "no"
        ? { passed: groupBoxes(drawing, row.group), stop: undefined }
        : { passed: presignPath(drawing, cell), stop: undefined };
    case "endpoints": {
      const [network = "", service = ""] = row.id.split("/");
      return { passed: rowsLabelled(drawing, place(network), [service]), stop: undefined };
    }
    case "assume":
    case "data":
    case "settings":
      return {
        passed: [...groupBoxes(drawing, row.group), ...groupBoxes(drawing, column.group)],
        stop: undefined,
      };
  }
}

type PlaceOf = (id: string) => string | undefined;

/** Finds the box or row that is drawn for an id. */
function placeFinder({ boxes, standsFor }: Drawing): PlaceOf {
  const drawn = new Set(boxes.flatMap(({ id, rows }) => [id, ...rows.map((each) => each.id)]));
  return (id) => (drawn.has(id) ? id : standsFor[id]);
}

/** A step of name resolution names an endpoint, but it is no hop of the packets. */
function isDnsStep(step: string): boolean {
  return step.startsWith("zone ") || step.includes(" names ") || step.endsWith(" is public");
}

function networkHighlight({ matrix, row, column, kind }: ChosenCell, place: PlaceOf): Highlight {
  const start = place(row.id);
  const refusal = kind.steps.find((step) => step.startsWith("refused at "));
  const hops = kind.steps.filter((step) => !isDnsStep(step) && step !== refusal).flatMap(idsIn);
  const end = matrix === "reach" ? undefined : place(column.id);
  const passed = [start, ...hops.map(place), kind.steps.length > 0 ? end : undefined].filter(
    (id) => id !== undefined,
  );
  const shut = ["refused", "apart", "one way"].includes(kind.outcome);
  if (!shut) return { passed, stop: undefined };
  const culprit = [refusal ?? "", kind.reason]
    .flatMap(idsIn)
    .map(place)
    .find((id) => id !== undefined);
  return { passed: end === undefined ? passed : [...passed, end], stop: culprit ?? start };
}

function groupBoxes({ boxes }: Drawing, group: number): readonly string[] {
  return group === 0 ? [] : boxes.filter((box) => box.group === group).map(({ id }) => id);
}

function rowsLabelled(
  { boxes }: Drawing,
  boxId: string | undefined,
  labels: readonly string[],
): readonly string[] {
  const box = boxes.find(({ id }) => id === boxId);
  return (box?.rows ?? []).filter(({ label }) => labels.includes(label)).map(({ id }) => id);
}

/** From the presign function or session over the Transit Gateway and the hub's endpoints to the profile's network. */
function presignPath(drawing: Drawing, { row, column, kind }: ChosenCell): readonly string[] {
  const hub = drawing.boxes.find((box) => box.kind === "hub");
  const gateway = drawing.boxes.find((box) => box.kind === "gateway");
  const byFunction = row.id.startsWith("presign function");
  const presign = drawing.boxes.flatMap(({ rows }) => rows).find(({ label }) => label === "function presign");
  const services = [...(byFunction ? ["sts"] : []), ...kind.outcome.split(" + ")];
  return [
    ...(byFunction && presign !== undefined ? [presign.id] : groupBoxes(drawing, row.group)),
    ...(gateway === undefined ? [] : [gateway.id]),
    ...rowsLabelled(drawing, hub?.id, services),
    ...(gateway === undefined ? [] : [gateway.id]),
    ...groupBoxes(drawing, column.group),
  ];
}
