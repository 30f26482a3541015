import { Graph, layout } from "@dagrejs/dagre";

import type { Box, Drawing, Line } from "../src/page/page-data";
import type { OpenGroups } from "./bands";
import type { TextWidth } from "./text-width";

/** A box with its position in the drawing, in pixels; x and y are its upper left corner. */
export interface PlacedBox extends Box {
  /** Number of boxes that it stands for: 1 unless it is folded. */
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedLine extends Line {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
}

export const HEAD_HEIGHT = 42;
export const ROW_HEIGHT = 20;
/** Distance between a text and the frame of its box. */
export const PADDING = 12;
/** Distance between the frame and the label of a row, which leaves room for the row's sign. */
export const ROW_INDENT = 30;
/** Room beside a title for the sign of a box at which a path stops. */
const STOP_SIGN = 16;
const FOOT = 6;
const MARGIN = 14;

type Folded = Box & { readonly count: number };

/** Lays the boxes out from left to right: networks that connect, the Transit Gateway, and the hub with the endpoints. */
export function layOut(drawing: Drawing, open: OpenGroups, textWidth: TextWidth): Layout {
  const { boxes, lines } = folded(drawing, open);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: 14,
    ranksep: 34,
    marginx: MARGIN,
    marginy: MARGIN,
    ranker: "longest-path",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.id, { width: widthOf(box, textWidth), height: heightOf(box) });
  lines.forEach(({ from, to, label, dashed }, index) => {
    const size = {
      width: label === "" ? 0 : textWidth(label, "line-label"),
      height: 12,
      labelpos: "c" as const,
    };
    // A dashed line is made longer, so that its box comes to the far left and no other line has to go around it.
    graph.setEdge(from, to, { ...size, minlen: dashed ? 2 : 1 }, String(index));
  });
  keepUnconnectedLeft(graph, boxes, lines);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    boxes: boxes.map((box) => {
      const node = graph.node(box.id) as { x: number; y: number; width: number; height: number };
      return { ...box, ...node, x: node.x - node.width / 2, y: node.y - node.height / 2 };
    }),
    lines: lines.map((line, index) => {
      const edge = graph.edge({ v: line.from, w: line.to, name: String(index) }) as {
        points?: PlacedLine["points"];
      };
      return { ...line, points: edge.points ?? [] };
    }),
  };
}

/** Without a line, dagre would place a box anywhere: an invisible line to the hub keeps it on the left. */
function keepUnconnectedLeft(graph: Graph, boxes: readonly Folded[], lines: readonly Line[]): void {
  const hub = boxes.find(({ kind }) => kind === "hub");
  const joined = new Set(lines.flatMap(({ from, to }) => [from, to]));
  for (const { id } of boxes)
    if (hub !== undefined && !joined.has(id)) graph.setEdge(id, hub.id, { minlen: 2 }, "unseen");
}

/** Replaces the networks of the folded lines of business by one box, which gets their lines. */
function folded(
  { boxes, lines }: Drawing,
  open: OpenGroups,
): { readonly boxes: readonly Folded[]; readonly lines: readonly Line[] } {
  const hidden = boxes.filter(({ group }) => group > 0 && open !== undefined && !open.has(group));
  const ids = new Set(hidden.map(({ id }) => id));
  const [first] = hidden;
  const shown = boxes.filter(({ id }) => !ids.has(id)).map((box) => ({ ...box, count: 1 }));
  const hub = new Set(boxes.filter(({ kind }) => kind === "hub").map(({ id }) => id));
  const moved = lines.map((line) =>
    facing(hub, {
      ...line,
      from: ids.has(line.from) ? FOLD : line.from,
      to: ids.has(line.to) ? FOLD : line.to,
    }),
  );
  if (first === undefined) return { boxes: shown, lines: moved };
  const fold: Folded = {
    ...first,
    id: FOLD,
    count: hidden.length,
    title: foldTitle(
      hidden.length,
      shown.some(({ group }) => group > 0),
    ),
    subtitle: "each on its own",
    rows: first.rows.map((row) => ({
      ...row,
      id: `${FOLD} ${row.label}`,
      label: row.label.replace(/ of .*/, ""),
    })),
  };
  const unique = new Map(moved.map((line) => [`${line.from} ${line.to} ${line.label}`, line]));
  return { boxes: [fold, ...shown], lines: [...unique.values()] };
}

function foldTitle(count: number, others: boolean): string {
  return `${count}${others ? " other" : ""} ${count === 1 ? "line" : "lines"} of business`;
}

export const FOLD = "folded lines of business";

/** Every line of the hub leads to it, so that the hub comes to the right. */
function facing(hub: ReadonlySet<string>, line: Line): Line {
  return hub.has(line.from) ? { ...line, from: line.to, to: line.from } : line;
}

function widthOf({ title, subtitle, rows }: Box, textWidth: TextWidth): number {
  const ends = [
    PADDING + textWidth(title, "title") + STOP_SIGN,
    PADDING + textWidth(subtitle, "subtitle"),
    ...rows.map(({ label }) => ROW_INDENT + textWidth(label, "row")),
  ];
  return Math.ceil(Math.max(120, ...ends.map((end) => end + PADDING)));
}

function heightOf({ rows }: Box): number {
  return HEAD_HEIGHT + rows.length * ROW_HEIGHT + (rows.length > 0 ? FOOT : 0);
}
