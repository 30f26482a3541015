import type { PageData } from "../src/page/page-data";
import { counted, el } from "./elements";
import type { Choice } from "./matrix-view";
import { inPlainWords } from "./reason-view";
import { PROOF_NAMES, type CellPlace, type Proof } from "./proof";

/** A button shows the surprises beyond this number. */
const FIRST = 6;
/** The page lists no more surprises than this; the JSON report has all. */
const MOST = 300;

/** The headline, and every surprise right below it. */
export function verdictView(
  {
    environment,
    region,
    provedAt,
    cellCount,
    surpriseCount,
    unprovenCount,
    attributes,
    groups,
    names,
  }: PageData,
  proofs: readonly Proof[],
  choose: (choice: Choice) => void,
): HTMLElement {
  const green = surpriseCount === 0;
  const headline = green
    ? `All ${counted(cellCount, "cell")} are as the config calls for`
    : `${counted(surpriseCount, "surprise")} in ${counted(cellCount, "cell")}`;
  const when = new Date(provedAt);
  return el(
    "header",
    { class: green ? "verdict-banner green" : "verdict-banner red" },
    el("p", { class: "brand" }, "Studio Access: who can reach what, who can presign for whom"),
    el("h1", {}, el("span", { class: "verdict-sign", "aria-hidden": "true" }, green ? "✓" : "!"), headline),
    el(
      "p",
      { class: "facts" },
      `${environment} · ${region} · ${counted(groups.length - 1, "line of business", "lines of business")} · proved from the deployed state, `,
      el(
        "time",
        { datetime: provedAt },
        when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }),
      ),
    ),
    el(
      "p",
      { class: "facts" },
      `Attributes with a value: ${attributes.modelled} modelled, ${attributes.fixed} fixed, ${attributes.free} free.`,
    ),
    unprovenCount === 0
      ? undefined
      : el(
          "p",
          { class: "facts" },
          `${counted(unprovenCount, "cell")} only as far as the state tells: the config attaches policies from outside it.`,
        ),
    green ? undefined : surpriseList(proofs, { names, choose }),
  );
}

/** Surprises in one row with the same outcome: one wrong route can turn a whole row red. */
interface SurpriseGroup {
  readonly proof: Proof;
  readonly places: readonly [CellPlace, ...CellPlace[]];
}

function surpriseGroupsOf(proof: Proof): readonly SurpriseGroup[] {
  const byRow = new Map<string, [CellPlace, ...CellPlace[]]>();
  for (const place of proof.surprises) {
    const key = `${place.row} ${proof.kind(place).outcome}`;
    const known = byRow.get(key);
    if (known === undefined) byRow.set(key, [place]);
    else known.push(place);
  }
  return [...byRow.values()].map((places) => ({ proof, places }));
}

interface ListOptions {
  readonly names: PageData["names"];
  readonly choose: (choice: Choice) => void;
}

function surpriseList(proofs: readonly Proof[], options: ListOptions): HTMLElement {
  const list = el("ul", { class: "surprises" });
  const all = proofs.flatMap(surpriseGroupsOf);
  const show = (from: number, until: number): void => {
    list.append(...all.slice(from, until).map((group) => el("li", {}, surpriseButton(group, options))));
  };
  show(0, FIRST);
  const section = el("section", { "aria-label": "Surprises" }, list);
  if (all.length <= FIRST) return section;
  const rest = Math.min(all.length, MOST) - FIRST;
  const more = el(
    "button",
    { type: "button", class: "more" },
    `Show ${rest} more of ${all.length.toLocaleString("en")}`,
  );
  more.addEventListener("click", () => {
    show(FIRST, MOST);
    more.remove();
  });
  section.append(more);
  return section;
}

function surpriseButton({ proof, places }: SurpriseGroup, { names, choose }: ListOptions): HTMLElement {
  const [place, ...others] = places;
  const { outcome, expected, reason } = proof.kind(place);
  const row = proof.rows[place.row]?.label ?? "";
  const column = proof.columns[place.column]?.label ?? "";
  const button = el(
    "button",
    { type: "button" },
    el("span", { class: "where" }, PROOF_NAMES[proof.name]),
    el(
      "span",
      { class: "subject" },
      row,
      ...(proof.name === "settings" ? [] : [el("span", { class: "arrow" }, " → "), column]),
      others.length === 0 ? undefined : el("span", { class: "others" }, ` and ${others.length} more`),
    ),
    el("span", { class: "found" }, el("strong", {}, outcome), ` instead of ${expected}`),
    el("span", { class: "because" }, inPlainWords(reason, names)),
  );
  button.addEventListener("click", () => {
    choose({ kind: "cell", proof, place });
  });
  return button;
}
