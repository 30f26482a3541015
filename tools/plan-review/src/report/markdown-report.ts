import type { Cost } from "../prices";
import { changes, type Review } from "../review";
import type { Config } from "@studio-access/config";
import type { Severity } from "../rules/rule";
import { countsText, sumOf } from "./counts-text";
import { findingPart } from "./finding-part";
import { fitted, type Part } from "./fitting";
import {
  block,
  code,
  folded,
  heading,
  markdown,
  paragraph,
  sentence,
  strong,
  table,
  text,
} from "./markdown-text";
import { maskOf, type Mask } from "./masking";
import { stackSection, type StackSection } from "./stack-section";
import { visible } from "./value-text";

/** Characters that GitHub takes in a comment. */
export const GITHUB_LIMIT = 65_536;

export interface MarkdownOptions {
  /** Most characters of the report. Default: what GitHub takes, with room for a line of the caller's own. */
  readonly limit?: number;
}

const TITLES: Readonly<Record<Review["verdict"], string>> = {
  failed: "❌ not every stack could be planned",
  blocked: "⛔ blocked",
  changes: "📝 changes",
  "no-changes": "✅ no changes",
};

const HEADINGS: Readonly<Record<Severity, string>> = { block: "Blocks", warn: "Warnings", note: "Notes" };

/** A section of the report: its parts, which may be shortened, and how they are joined. */
type Section = StackSection;

/** The report for people, in GitHub's Markdown, with nothing secret in it. */
export function markdownReport(review: Review, config: Config, options: MarkdownOptions = {}): string {
  const { limit = GITHUB_LIMIT - 500 } = options;
  const mask = maskOf(review.stacks, config);
  const title = markdown(heading(2, `Plan of ${config.environment}: ${TITLES[review.verdict]}`));
  const sections = [
    plain(summaryOf(review, mask)),
    ...failureSections(review, mask),
    ...findingSections(review, mask),
    ...(review.cost === undefined ? [] : [costSection(review.cost, mask)]),
    ...stackSections(review, mask),
  ];
  const parts = sections.flatMap((section) => section.parts);
  const frame = sections.reduce(
    (sum, section) => sum + section.assemble(section.parts.map(() => "")).length + 2,
    0,
  );
  const room = limit - frame - title.length - NOTE_ROOM;
  const { texts, shortened } = fitted(parts, room);
  let next = 0;
  const bodies = sections.map((section) => {
    const own = texts.slice(next, (next += section.parts.length));
    return section.assemble(own);
  });
  return [title, ...(shortened === 0 ? [] : [shorteningNote(shortened, limit)]), ...bodies]
    .filter((each) => each !== "")
    .join("\n\n")
    .concat("\n");
}

const NOTE_ROOM = 400;

function shorteningNote(shortened: number, limit: number): string {
  return markdown(
    paragraph(
      strong("Shortened"),
      text(
        ` to ${limit.toLocaleString("en")} characters: ${shortened} parts, the least important first (details of what is created, ` +
          "then of what changes; findings last). The JSON result of the same run has everything.",
      ),
    ),
  );
}

function plain(value: string): Section {
  return { parts: [], assemble: () => value };
}

function summaryOf(review: Review, mask: Mask): string {
  const quiet = review.stacks.filter((plan) => plan.failure === undefined && !changes(plan));
  const loud = review.stacks.filter((plan) => !quiet.includes(plan));
  const names = quiet.flatMap(({ stack }, index) => [
    ...(index === 0 ? [] : [text(", ")]),
    code(mask(stack)),
  ]);
  const unchanged =
    quiet.length === 0 ? [] : [markdown(paragraph(text("No changes: "), ...names, text(".")))];
  if (loud.length === 0) return unchanged.join("");
  const total = sumOf(Object.values(review.counts));
  const sum = markdown(paragraph(strong(`${countsText(total)}.`)));
  return [sum, tableOf(review, loud, mask), ...unchanged].join("\n\n");
}

function tableOf({ counts, findings }: Review, stacks: Review["stacks"], mask: Mask): string {
  const rows = stacks.map(({ stack, failure }) => {
    const of = counts[stack];
    const found = findings.filter((finding) => finding.stack === stack);
    const numbers = [of?.add, of?.change, of?.replace, of?.destroy].map((number = 0) => text(String(number)));
    const other = (of?.import ?? 0) + (of?.move ?? 0) + (of?.forget ?? 0);
    const blocks = found.filter(({ severity }) => severity === "block").length;
    return [
      code(mask(stack)),
      ...numbers,
      text(String(other)),
      text(String(found.length - blocks)),
      failure === undefined ? text(blocks === 0 ? "" : `⛔ ${blocks}`) : text(`❌ ${failure.kind}`),
    ];
  });
  const head = [
    "stack",
    "add",
    "change",
    "replace",
    "destroy",
    "moved, imported",
    "to look at",
    "stopped by",
  ];
  return markdown(table(head, rows));
}

function failureSections({ stacks }: Review, mask: Mask): readonly Section[] {
  const failed = stacks.flatMap(({ stack, failure }) => (failure === undefined ? [] : [{ stack, failure }]));
  if (failed.length === 0) return [];
  const parts = failed.map(({ stack, failure }): Part => {
    const what = { errored: "broke off", deferred: "is not complete", missing: "could not be made" }[
      failure.kind
    ];
    const name = paragraph(text("The plan of "), code(mask(stack)), text(` ${what}:`));
    const lines = mask(failure.message).split("\n").map(visible);
    const full = markdown(name, block(lines.slice(0, MOST_FAILURE_LINES).join("\n")));
    return { forms: [full, markdown(name), ""], stages: [40, 75] };
  });
  return [titled("Not planned", parts)];
}

const MOST_FAILURE_LINES = 40;

function findingSections({ findings }: Review, mask: Mask): readonly Section[] {
  return (["block", "warn", "note"] as const).flatMap((severity) => {
    const own = findings.filter((finding) => finding.severity === severity);
    if (own.length === 0) return [];
    return [
      titled(
        `${HEADINGS[severity]} (${own.length})`,
        own.map((finding) => findingPart(finding, mask)),
      ),
    ];
  });
}

/** Parts below a heading, and how many of them are left out. */
function titled(title: string, parts: readonly Part[]): Section {
  return {
    parts,
    assemble: (texts) => {
      const shown = texts.filter((each) => each !== "");
      const left = texts.length - shown.length;
      const more = left === 0 ? [] : [markdown(paragraph(text(`${left} more are left out here.`)))];
      return [markdown(heading(3, title)), ...shown, ...more].join("\n\n");
    },
  };
}

function costSection({ monthlyChange, lines, unpriced, basis }: Cost, mask: Mask): Section {
  const rows = lines.map(({ stack, what, monthlyChange: change }) => [
    code(mask(stack)),
    text(mask(what)),
    text(dollars(change)),
  ]);
  const said = [basis, ...(unpriced.length === 0 ? [] : [`Not in it: ${unpriced.join(", ")}.`])].join(" ");
  const body = [
    ...(rows.length === 0 ? [] : [markdown(table(["stack", "what", "US dollars a month"], rows))]),
    markdown(paragraph(...sentence(mask(said)))),
  ].join("\n\n");
  const headline = `Cost: ${dollars(monthlyChange)} US dollars a month`;
  return {
    parts: [{ forms: [folded(headline, body), markdown(paragraph(text(`${headline}.`)))], stages: [25] }],
    assemble: ([only = ""]) => only,
  };
}

function dollars(amount: number): string {
  return `${amount < 0 ? "−" : "+"}${Math.abs(amount).toFixed(2)}`;
}

function stackSections({ stacks, counts, findings }: Review, mask: Mask): readonly Section[] {
  return stacks.filter(changes).flatMap((plan) => {
    const own = counts[plan.stack];
    const found = findings
      .filter(({ stack }) => stack === plan.stack)
      .flatMap(({ address }) => address ?? []);
    return own === undefined ? [] : [stackSection(plan, own, mask, new Set(found))];
  });
}
