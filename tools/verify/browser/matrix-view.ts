import type { CellKind } from "../src/page/page-data";
import { bandsOf, talliesOf, type Band, type OpenGroups, type Tally } from "./bands";
import { counted, el } from "./elements";
import { markOf } from "./marks";
import type { CellPlace, Proof } from "./proof";

/** What was chosen in a table: one cell, or a folded cell, which stands for many. */
export type Choice =
  | { readonly kind: "cell"; readonly proof: Proof; readonly place: CellPlace }
  | {
      readonly kind: "fold";
      readonly proof: Proof;
      readonly rows: Band;
      readonly columns: Band;
      readonly tallies: readonly Tally[];
    };

export interface MatrixViewOptions {
  readonly proof: Proof;
  readonly open: OpenGroups;
  readonly groups: readonly string[];
  readonly choose: (choice: Choice) => void;
}

/** A matrix as a table of buttons. One of them is in the tab order; the arrow keys move the focus to the others. */
export function matrixView({ proof, open, groups, choose }: MatrixViewOptions): HTMLElement {
  const rows = bandsOf(proof.rows, open);
  const columns = bandsOf(proof.columns, open);
  const buttons: HTMLButtonElement[][] = [];
  const body = el("tbody");
  let group: number | undefined;
  for (const row of rows) {
    const parted = row.group !== group && buttons.length > 0;
    group = row.group;
    const cells = columns.map((column) => cellButton({ proof, choose }, row, column));
    buttons.push(cells);
    body.append(
      el(
        "tr",
        { class: parted ? "parted" : undefined },
        el("th", { scope: "row", title: row.title, class: row.folded ? "folded" : undefined }, row.label),
        ...cells.map((button) => el("td", {}, button)),
      ),
    );
  }
  const wide = columns.length > 3;
  const table = el(
    "table",
    { class: wide ? "matrix wide" : "matrix" },
    el("caption", {}, proof.title),
    el("thead", {}, el("tr", {}, el("td", { class: "corner" }), ...columns.map((column) => headOf(column)))),
    body,
  );
  walkByKeys(table, buttons);
  const note = open === undefined ? undefined : foldNote(proof, open, groups);
  return el("div", {}, note, el("div", { class: "scroller" }, table));
}

function headOf({ label, title, folded }: Band): HTMLElement {
  return el("th", { scope: "col", title, class: folded ? "folded" : undefined }, el("span", {}, label));
}

function foldNote(
  { rows, columns }: Proof,
  open: NonNullable<OpenGroups>,
  groups: readonly string[],
): HTMLElement | undefined {
  const folded = new Set(
    [...rows, ...columns].map(({ group }) => group).filter((group) => group > 0 && !open.has(group)),
  );
  if (folded.size === 0) return undefined;
  const shown = [...open].filter((group) => group > 0).map((group) => groups[group]);
  const rest = counted(
    folded.size,
    shown.length > 0 ? "other line" : "line",
    shown.length > 0 ? "other lines" : "lines",
  );
  return el(
    "p",
    { class: "note" },
    `${rest} of business folded into one row and column of each kind: own above, others' below.`,
  );
}

interface CellContext {
  readonly proof: Proof;
  readonly choose: (choice: Choice) => void;
}

function cellButton({ proof, choose }: CellContext, rows: Band, columns: Band): HTMLButtonElement {
  const [row = 0] = rows.items;
  const [column = 0] = columns.items;
  if (!rows.folded && !columns.folded) {
    const place = { row, column };
    const kind = proof.kind(place);
    const { outcome } = kind;
    const button = single(proof, kind);
    button.setAttribute("aria-label", `${rows.label} to ${columns.label}: ${outcome}, ${agreementOf(kind)}`);
    button.title = kind.unproven === undefined ? outcome : `${outcome}, as far as the state tells`;
    button.addEventListener("click", () => {
      choose({ kind: "cell", proof, place });
    });
    return button;
  }
  const tallies = talliesOf(proof, rows, columns);
  const button = el(
    "button",
    { type: "button", class: "cell fold", tabindex: -1 },
    ...tallies.slice(0, 3).map((tally) => tallyLine(proof, tally)),
  );
  if (tallies.some(({ surprise }) => surprise)) button.classList.add("surprise");
  button.setAttribute("aria-label", `${rows.label} to ${columns.label}: ${tallies.map(inWords).join("; ")}`);
  button.addEventListener("click", () => {
    choose({ kind: "fold", proof, rows, columns, tallies });
  });
  return button;
}

function agreementOf({ outcome, expected, unproven }: CellKind): string {
  if (outcome !== expected) return `a surprise: the config calls for ${expected}`;
  return unproven === undefined
    ? "as the config calls for"
    : "as the config calls for, as far as the state tells";
}

/** The outcome of a setting is its value, which no sign can show: its cell holds the text. */
function single(proof: Proof, { outcome, expected, unproven }: CellKind): HTMLButtonElement {
  const { sign, tone } = markOf(outcome);
  const inText = proof.name === "settings";
  const surprise = outcome === expected ? [] : ["surprise"];
  const open = unproven === undefined ? [] : ["unproven"];
  const classes = ["cell", inText ? "words" : tone, ...surprise, ...open].join(" ");
  return el("button", { type: "button", class: classes, tabindex: -1 }, inText ? outcome : sign);
}

function tallyLine({ name }: Proof, { outcome }: Tally): HTMLElement {
  const { sign, tone } = markOf(outcome);
  return name === "settings" ? el("span", {}, outcome) : el("span", { class: tone }, sign);
}

export function inWords({ relation, outcome, surprise, unproven, count }: Tally): string {
  const whose = relation === "own" ? "own: " : relation === "other" ? "others': " : "";
  return `${whose}${outcome} × ${count.toLocaleString("en")}${surprise ? ", a surprise" : ""}${unproven ? ", as far as the state tells" : ""}`;
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function walkByKeys(table: HTMLElement, buttons: readonly (readonly HTMLButtonElement[])[]): void {
  const first = buttons[0]?.[0];
  if (first !== undefined) first.tabIndex = 0;
  table.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    for (const other of table.querySelectorAll<HTMLButtonElement>('button[tabindex="0"]'))
      other.tabIndex = -1;
    target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const row = buttons.findIndex((each) => each.some((button) => button === event.target));
    const column = buttons[row]?.findIndex((button) => button === event.target) ?? -1;
    const next = targetOf(event.key, buttons, row, column);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

function targetOf(
  key: string,
  buttons: readonly (readonly HTMLButtonElement[])[],
  row: number,
  column: number,
): HTMLButtonElement | undefined {
  if (key === "Home") return buttons[row]?.[0];
  if (key === "End") return buttons[row]?.at(-1);
  const step = STEPS[key];
  return step === undefined ? undefined : buttons[row + step[0]]?.[column + step[1]];
}
