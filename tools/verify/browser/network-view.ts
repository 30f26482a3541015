import type { Drawing, RowKind } from "../src/page/page-data";
import type { OpenGroups } from "./bands";
import { svg } from "./elements";
import {
  FOLD,
  HEAD_HEIGHT,
  PADDING,
  ROW_HEIGHT,
  ROW_INDENT,
  layOut,
  type PlacedBox,
  type PlacedLine,
} from "./layout";
import { measuredIn } from "./text-width";
import type { Highlight } from "./highlight";

const ROW_SIGNS: Readonly<Record<RowKind, string>> = {
  program: "▸",
  endpoint: "◆",
  table: "⇄",
  resolver: "@",
};

/** The drawing of the network, with the path of the chosen cell highlighted. */
export class NetworkView {
  readonly element = document.createElement("div");
  readonly #drawing: Drawing;
  #shown: string | undefined;
  #lines: readonly { readonly line: PlacedLine; readonly path: SVGElement }[] = [];

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
    this.element.className = "drawing";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", "Drawing of the network; scrolls");
  }

  show(open: OpenGroups, highlight: Highlight | undefined): void {
    const key = open === undefined ? "all" : [...open].join();
    if (key !== this.#shown) this.#draw(open);
    this.#shown = key;
    this.#highlight(highlight);
  }

  #draw(open: OpenGroups): void {
    const { width, height, boxes, lines } = measuredIn(this.element, (textWidth) =>
      layOut(this.#drawing, open, textWidth),
    );
    const drawn = lines.map((line) => ({ line, path: lineOf(line) }));
    this.#lines = drawn;
    const picture = svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": "network-title" },
      svg("title", { id: "network-title" }, `Network of ${boxes.map(({ title }) => title).join(", ")}`),
      svg("g", {}, ...drawn.map(({ path }) => path)),
      svg("g", {}, ...boxes.map(boxOf)),
      svg("g", {}, ...lines.map(labelOf)),
    );
    this.element.replaceChildren(picture);
  }

  #highlight(highlight: Highlight | undefined): void {
    const picture = this.element.querySelector("svg");
    if (picture === null) return;
    for (const marked of picture.querySelectorAll(".on, .stop")) marked.classList.remove("on", "stop");
    picture.classList.toggle(
      "has-highlight",
      highlight !== undefined && highlight.passed.length + (highlight.stop === undefined ? 0 : 1) > 0,
    );
    if (highlight === undefined) return;
    const parts = new Map(
      [...picture.querySelectorAll<SVGElement>("[data-id]")].map((part) => [part.dataset["id"] ?? "", part]),
    );
    const boxIds = highlight.passed.map((id) => this.#mark(parts, id, "on"));
    if (highlight.stop !== undefined) this.#mark(parts, highlight.stop, "stop");
    for (const { line, path } of this.#lines) path.classList.toggle("on", joins(boxIds, line));
  }

  /** @returns id of the box that is the part, or that holds it */
  #mark(parts: ReadonlyMap<string, SVGElement>, id: string, mark: "on" | "stop"): string {
    const part = parts.get(id) ?? parts.get(this.#foldOf(id));
    part?.classList.add(mark);
    const box = part?.closest<SVGElement>(".box");
    box?.classList.add("on");
    return box?.dataset["id"] ?? id;
  }

  #foldOf(id: string): string {
    const box = this.#drawing.boxes.find((each) => each.id === id || each.rows.some((row) => row.id === id));
    return box !== undefined && box.group > 0 ? FOLD : id;
  }
}

/** Whether the path uses the line: the line's ends follow each other among the path's boxes. */
function joins(boxIds: readonly string[], { from, to }: PlacedLine): boolean {
  return boxIds.some((id, index) => {
    const next = boxIds[index + 1];
    return (id === from && next === to) || (id === to && next === from);
  });
}

function lineOf({ points, dashed }: PlacedLine): SVGElement {
  return svg("path", { d: smooth(points), class: dashed ? "line dashed" : "line" });
}

/** SVG path data: straight segments with rounded corners. */
function smooth(points: PlacedLine["points"]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const middle = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    return `Q ${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  const last = rest.at(-1) ?? first;
  return [`M ${first.x} ${first.y}`, ...middle, `L ${last.x} ${last.y}`].join(" ");
}

function labelOf({ points, label }: PlacedLine): SVGElement | undefined {
  const middle = points[Math.floor(points.length / 2)];
  if (label === "" || middle === undefined) return undefined;
  return svg("text", { x: middle.x, y: middle.y - 4, class: "line-label", "text-anchor": "middle" }, label);
}

function boxOf({
  id,
  kind,
  title,
  subtitle,
  account,
  rows,
  count,
  x,
  y,
  width,
  height,
}: PlacedBox): SVGElement {
  const frame = { width, height, rx: 8 };
  return svg(
    "g",
    { class: `box ${kind}`, "data-id": id, transform: `translate(${x} ${y})` },
    count > 1 ? svg("rect", { ...frame, x: 5, y: 5, class: "behind" }) : undefined,
    svg("title", {}, account === "" ? title : `${title}, account ${account}`),
    svg("rect", { ...frame, class: "frame" }),
    svg("text", { x: PADDING, y: 18, class: "title" }, title),
    svg("text", { x: PADDING, y: 33, class: "subtitle" }, subtitle),
    ...rows.map((row, index) =>
      svg(
        "g",
        { class: "row", "data-id": row.id, transform: `translate(6 ${HEAD_HEIGHT + index * ROW_HEIGHT})` },
        svg("rect", { width: width - 12, height: ROW_HEIGHT - 2, rx: 4 }),
        svg("text", { x: 8, y: 13, class: "sign" }, ROW_SIGNS[row.kind]),
        svg("text", { x: ROW_INDENT - 6, y: 13 }, row.label),
      ),
    ),
    svg("text", { x: width - 18, y: 19, class: "stop-sign" }, "✕"),
  );
}
