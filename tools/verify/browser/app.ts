import type { PageData } from "../src/page/page-data";
import { bandsOf, openGroups, type OpenGroups } from "./bands";
import { el } from "./elements";
import { MARKS } from "./marks";
import { matrixView, type Choice } from "./matrix-view";
import { NetworkView } from "./network-view";
import { groupsWithSurprises, Proof, PROOF_NAMES } from "./proof";
import { reasonView } from "./reason-view";
import { verdictView } from "./verdict-view";
import { highlightOf, type Highlight } from "./highlight";

/** The page's state: the open tab, the chosen line of business and the chosen cell. */
export class App {
  readonly #data: PageData;
  readonly #proofs: readonly Proof[];
  readonly #surprising: ReadonlySet<number>;
  readonly #network: NetworkView;
  readonly #tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Proofs" });
  readonly #table = el("div", { id: "table", role: "tabpanel", tabindex: -1 });
  readonly #reason = el("section", { class: "reason", "aria-live": "polite", "aria-label": "Reason" });
  readonly #filter: HTMLSelectElement;
  #proof: Proof;
  #group: number | undefined;
  #choice: Choice | undefined;

  constructor(data: PageData) {
    this.#data = data;
    this.#proofs = data.matrices.map((matrix) => new Proof(matrix));
    const [first] = this.#proofs;
    if (first === undefined) throw new Error("the page holds no matrix");
    this.#proof = this.#proofs.find(({ surprises }) => surprises.length > 0) ?? first;
    this.#surprising = new Set(this.#proofs.flatMap((proof) => [...groupsWithSurprises(proof)]));
    this.#network = new NetworkView(data.drawing);
    this.#filter = this.#makeFilter();
  }

  mount(root: HTMLElement): void {
    const choose = (choice: Choice): void => {
      this.#choose(choice);
    };
    this.#tabs.append(...this.#proofs.map((proof) => this.#tab(proof)));
    root.append(
      verdictView(this.#data, this.#proofs, (choice) => {
        choose(choice);
        this.#reason.parentElement?.scrollIntoView({ block: "start" });
      }),
      el(
        "main",
        {},
        el(
          "section",
          { class: "proofs", "aria-label": "Matrices" },
          el("div", { class: "toolbar" }, el("label", {}, "Show ", this.#filter), legend()),
          this.#tabs,
          this.#table,
        ),
        el(
          "aside",
          {},
          el(
            "section",
            { class: "network", "aria-label": "Network" },
            el("h2", {}, "Network"),
            this.#network.element,
          ),
          this.#reason,
        ),
      ),
    );
    this.#show();
  }

  #makeFilter(): HTMLSelectElement {
    const options = this.#data.groups.map((name, group) =>
      el("option", { value: group }, group === 0 ? "every line of business" : name),
    );
    const filter = el("select", { id: "filter" }, ...options);
    filter.addEventListener("change", () => {
      const group = Number(filter.value);
      this.#group = group === 0 ? undefined : group;
      this.#choice = undefined;
      this.#show();
    });
    return filter;
  }

  #tab(proof: Proof): HTMLButtonElement {
    const { name, surprises } = proof;
    const badge =
      surprises.length === 0
        ? undefined
        : el("span", { class: "badge" }, surprises.length.toLocaleString("en"));
    const tab = el(
      "button",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "table" },
      PROOF_NAMES[name],
      badge,
    );
    tab.addEventListener("click", () => {
      this.#proof = proof;
      this.#choice = undefined;
      this.#show();
    });
    tab.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const next =
        this.#proofs[(this.#proofs.indexOf(proof) + step + this.#proofs.length) % this.#proofs.length];
      const other = document.getElementById(`tab-${next?.name ?? ""}`);
      other?.click();
      other?.focus();
    });
    return tab;
  }

  #choose(choice: Choice): void {
    const moved = choice.proof !== this.#proof || !this.#isShown(choice);
    this.#proof = choice.proof;
    this.#choice = choice;
    if (moved) this.#show();
    else this.#showChoice();
    this.#reason.scrollTop = 0;
  }

  /** Unfolds the line of business of a folded cell. @returns whether the cell was shown already */
  #isShown(choice: Choice): boolean {
    if (choice.kind === "fold") return true;
    const { row, column } = choice.place;
    const folded = (open: OpenGroups): boolean =>
      [
        bandsOf(choice.proof.rows, open).some(holds(row)),
        bandsOf(choice.proof.columns, open).some(holds(column)),
      ].includes(true);
    if (!folded(this.#open(choice.proof))) return true;
    const groups = [choice.proof.rows[row]?.group, choice.proof.columns[column]?.group];
    this.#group = groups.find((group) => group !== undefined && group > 0);
    this.#filter.value = String(this.#group ?? 0);
    return false;
  }

  #open(proof: Proof): OpenGroups {
    return openGroups(proof, this.#group, this.#surprising);
  }

  #show(): void {
    for (const tab of this.#tabs.querySelectorAll("button")) {
      const selected = tab.id === `tab-${this.#proof.name}`;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    this.#table.setAttribute("aria-labelledby", `tab-${this.#proof.name}`);
    const choose = (choice: Choice): void => {
      this.#choose(choice);
    };
    const open = this.#open(this.#proof);
    this.#table.replaceChildren(matrixView({ proof: this.#proof, open, groups: this.#data.groups, choose }));
    this.#showChoice();
  }

  #showChoice(): void {
    const choice = this.#choice;
    const close = (): void => {
      this.#choice = undefined;
      this.#showChoice();
    };
    const content = reasonView({
      data: this.#data,
      choice,
      choose: (next) => {
        this.#choose(next);
      },
      close,
    });
    this.#reason.replaceChildren(...content.filter((child) => child !== undefined));
    this.#reason.classList.toggle("open", choice !== undefined);
    this.#markCell(choice);
    this.#network.show(
      drawnGroups(this.#data, this.#open(this.#proof), this.#surprising),
      this.#highlightOf(choice),
    );
  }

  #markCell(choice: Choice | undefined): void {
    for (const marked of this.#table.querySelectorAll(".chosen")) marked.classList.remove("chosen");
    if (choice === undefined) return;
    const open = this.#open(this.#proof);
    const row = choice.kind === "cell" ? choice.place.row : choice.rows.items[0];
    const column = choice.kind === "cell" ? choice.place.column : choice.columns.items[0];
    if (row === undefined || column === undefined) return;
    const rowIndex = bandsOf(this.#proof.rows, open).findIndex(({ items }) => items.includes(row));
    const columnIndex = bandsOf(this.#proof.columns, open).findIndex(({ items }) => items.includes(column));
    const cell = this.#table.querySelectorAll("tbody tr")[rowIndex]?.querySelectorAll("button")[columnIndex];
    cell?.classList.add("chosen");
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #highlightOf(choice: Choice | undefined): Highlight | undefined {
    if (choice?.kind !== "cell") return undefined;
    const { proof, place } = choice;
    const row = proof.rows[place.row];
    const column = proof.columns[place.column];
    if (row === undefined || column === undefined) return undefined;
    return highlightOf(this.#data.drawing, { matrix: proof.name, row, column, kind: proof.kind(place) });
  }
}

/** With more networks than this the drawing cannot be read any more. */
const MAX_DRAWN = 6;

function drawnGroups({ groups }: PageData, open: OpenGroups, surprising: ReadonlySet<number>): OpenGroups {
  if (open !== undefined) return open;
  return groups.length - 1 <= MAX_DRAWN ? undefined : new Set([0, ...[...surprising].slice(0, MAX_DRAWN)]);
}

function holds(
  item: number,
): (band: { readonly items: readonly number[]; readonly folded: boolean }) => boolean {
  return ({ items, folded }) => folded && items.includes(item);
}

function legend(): HTMLElement {
  return el(
    "details",
    { class: "legend" },
    el("summary", {}, "Legend"),
    el(
      "ul",
      {},
      ...Object.values(MARKS).map(({ sign, tone, meaning }) =>
        el("li", {}, el("span", { class: `sample ${tone}`, "aria-hidden": "true" }, sign), meaning),
      ),
      el(
        "li",
        {},
        el("span", { class: "sample hub surprise", "aria-hidden": "true" }, "●"),
        "framed and flagged: not what the config calls for",
      ),
      el(
        "li",
        {},
        el("span", { class: "sample shut unproven", "aria-hidden": "true" }, "✕"),
        "in a dashed frame: as far as the state tells, which does not hold every policy",
      ),
    ),
  );
}
