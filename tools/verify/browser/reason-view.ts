import type { CellKind, PageData } from "../src/page/page-data";
import type { Tally } from "./bands";
import { el, type Child } from "./elements";
import { markOf } from "./marks";
import { inWords, type Choice } from "./matrix-view";
import type { Proof } from "./proof";
import { idsIn } from "./highlight";

export interface ReasonOptions {
  readonly data: PageData;
  readonly choice: Choice | undefined;
  readonly choose: (choice: Choice) => void;
  readonly close: () => void;
}

/** The reason of the chosen cell, with its steps. */
export function reasonView({ data, choice, choose, close }: ReasonOptions): readonly Child[] {
  if (choice === undefined)
    return [el("p", { class: "hint" }, "Choose a cell to see its reason here and its path in the drawing.")];
  const shut = el("button", { type: "button", class: "close", "aria-label": "Close the reason" }, "×");
  shut.addEventListener("click", close);
  return choice.kind === "cell"
    ? [shut, ...ofCell(data, choice.proof, choice.proof.kind(choice.place), choice.place)]
    : [shut, ...ofFold(choice, choose)];
}

function ofCell(
  { names }: PageData,
  proof: Proof,
  { outcome, expected, reason, unproven, steps, behind = [] }: CellKind,
  place: { readonly row: number; readonly column: number },
): readonly Child[] {
  const row = proof.rows[place.row];
  const column = proof.columns[place.column];
  const plain = proof.name === "settings";
  return [
    el(
      "h3",
      {},
      row?.label,
      plain ? undefined : el("span", { class: "arrow" }, " → "),
      plain ? undefined : column?.label,
    ),
    verdictOf(outcome, expected),
    el(
      "dl",
      {},
      ...factsOf([
        ["Why", named(reason, names)],
        ...behind.map((each) => ["Behind it", [el("code", {}, each)]] as const),
        ...(unproven === undefined ? [] : [["Not proved", named(unproven, names)] as const]),
      ]),
    ),
    steps.length === 0
      ? undefined
      : el("h4", {}, isPath(proof) ? "The path, hop by hop" : "The policies, and what each decided"),
    steps.length === 0
      ? undefined
      : el("ol", { class: "steps" }, ...steps.map((step) => el("li", {}, ...named(step, names)))),
    el(
      "details",
      {},
      el("summary", {}, "Full names"),
      el("p", { class: "id" }, row?.id),
      el("p", { class: "id" }, column?.id),
    ),
  ];
}

function isPath({ name }: Proof): boolean {
  return ["reach", "networks", "transit"].includes(name);
}

function verdictOf(outcome: string, expected: string): HTMLElement {
  const surprise = outcome !== expected;
  const { sign, tone } = markOf(outcome);
  return el(
    "p",
    { class: surprise ? "verdict surprise" : "verdict" },
    el("span", { class: `chip ${tone}` }, el("span", { "aria-hidden": "true" }, `${sign} `), outcome),
    surprise
      ? el("span", {}, "Surprise: the config calls for ", el("strong", {}, expected))
      : el("span", { class: "agrees" }, "✓ as the config calls for"),
  );
}

function factsOf(facts: readonly (readonly [string, readonly Child[]])[]): readonly Child[] {
  return facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, ...value)]);
}

/** The text with each id replaced by its name. */
export function inPlainWords(text: string, names: PageData["names"]): string {
  return idsIn(text).reduce((said, id) => said.replace(id, names[id] ?? id), text);
}

/** The text with its name before each id. */
function named(text: string, names: PageData["names"]): readonly Child[] {
  const parts: Child[] = [];
  let rest = text;
  for (const id of idsIn(text)) {
    const at = rest.indexOf(id);
    const name = names[id];
    parts.push(rest.slice(0, at));
    parts.push(
      name === undefined
        ? el("code", {}, id)
        : el("span", { class: "named", title: id }, name, el("code", {}, id)),
    );
    rest = rest.slice(at + id.length);
  }
  return [...parts, rest];
}

function ofFold(
  { proof, rows, columns, tallies }: Choice & { readonly kind: "fold" },
  choose: (choice: Choice) => void,
): readonly Child[] {
  return [
    el("h3", {}, rows.label, el("span", { class: "arrow" }, " → "), columns.label),
    el(
      "p",
      { class: "note" },
      "This cell stands for many folded cells. Choose one of them to see its reason.",
    ),
    ...tallies.flatMap((tally) => [
      el("h4", { class: tally.surprise ? "surprise" : undefined }, inWords(tally)),
      el("ul", { class: "examples" }, ...examplesOf(proof, tally, choose)),
    ]),
  ];
}

function examplesOf(proof: Proof, { examples }: Tally, choose: (choice: Choice) => void): readonly Child[] {
  return examples.map((place) => {
    const label = `${proof.rows[place.row]?.label ?? ""} → ${proof.columns[place.column]?.label ?? ""}`;
    const button = el("button", { type: "button", class: "link" }, label);
    button.addEventListener("click", () => {
      choose({ kind: "cell", proof, place });
    });
    return el("li", {}, button);
  });
}
