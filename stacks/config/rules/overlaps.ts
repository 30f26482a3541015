import { contains, freeRange, prefixLength, span } from "../cidr";
import { renderPath } from "../path";
import { problem, type Problem } from "../problem";
import { isTooWide, rangesOf, type PlannedRange } from "./address-plan";
import type { Rule } from "./rule";

interface Pair {
  readonly earlier: PlannedRange;
  readonly later: PlannedRange;
}

const noOverlaps: Rule = (draft) => {
  const ranges = rangesOf(draft).filter((range) => !isTooWide(range));
  return overlappingPairs(ranges)
    .filter(({ earlier, later }) => !mayOverlap(earlier, later))
    .map(({ earlier, later }) => overlapProblem(earlier, later, ranges));
};

const lobsInSupernets: Rule = (draft) => {
  const ranges = rangesOf(draft);
  const supernets = ranges.filter(({ kind }) => kind === "supernet");
  if (supernets.length === 0) return [];
  const list = supernets.map(({ cidr }) => cidr).join(", ");
  return ranges
    .filter(
      ({ kind, cidr }) => kind === "lob" && !supernets.some((supernet) => contains(supernet.cidr, cidr)),
    )
    .map(({ path, cidr }) => {
      const rule = `must be inside network.lobSupernets (${list}): the hub routes to no other range`;
      return problem(
        path,
        cidr,
        rule,
        `${anotherRange(cidr, ranges)}, or add a supernet that holds this one`,
      );
    });
};

/** A LOB's range is taken from a supernet; all else must be apart. */
function mayOverlap(a: PlannedRange, b: PlannedRange): boolean {
  return [a.kind, b.kind].sort().join() === "lob,supernet";
}

/**
 * Every two ranges that share an address, in the order of the file.
 *
 * Ranges in CIDR notation are apart or nested. So, sorted by where they begin, each overlaps just those that have
 * begun and not ended: no need to compare all pairs.
 */
function overlappingPairs(ranges: readonly PlannedRange[]): Pair[] {
  const spans = ranges.map((range, index) => ({ range, index, ...span(range.cidr) }));
  const open: typeof spans = [];
  const pairs: (Pair & { readonly order: readonly [number, number] })[] = [];
  for (const next of spans.sort((a, b) => a.first - b.first || b.last - a.last || a.index - b.index)) {
    while ((open.at(-1)?.last ?? Infinity) < next.first) open.pop();
    for (const other of open) {
      const [earlier, later] = other.index < next.index ? [other, next] : [next, other];
      pairs.push({ earlier: earlier.range, later: later.range, order: [later.index, earlier.index] });
    }
    open.push(next);
  }
  return pairs.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
}

function overlapProblem(
  earlier: PlannedRange,
  later: PlannedRange,
  ranges: readonly PlannedRange[],
): Problem {
  const rule = `overlaps ${renderPath(earlier.path)} (${earlier.cidr}): the hub could route to one of the two only`;
  return problem(later.path, later.cidr, rule, remedyFor(later, ranges));
}

function remedyFor({ kind, cidr }: PlannedRange, ranges: readonly PlannedRange[]): string {
  if (kind === "lob") return anotherRange(cidr, ranges);
  if (kind === "corporate" || kind === "supernet") return "list ranges that are apart, each once";
  return "give each VPC a range of its own";
}

/** Names a free range of the same size, where the supernets have one. */
function anotherRange(cidr: string, ranges: readonly PlannedRange[]): string {
  const supernets = ranges.filter(({ kind }) => kind === "supernet").map((range) => range.cidr);
  const taken = ranges.filter(({ kind }) => kind !== "supernet").map((range) => range.cidr);
  const free = freeRange(supernets, prefixLength(cidr), taken);
  return free === undefined
    ? "take a free range of network.lobSupernets"
    : `take a free range, such as ${free}`;
}

export const overlapRules: readonly Rule[] = [noOverlaps, lobsInSupernets];
