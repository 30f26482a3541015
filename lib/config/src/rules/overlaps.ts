import { contains, prefixLength, span } from "../cidr";
import { renderPath } from "../path";
import { problem, type Problem } from "../problem";
import { freeLobRange, isTooWide, rangesOf, type PlannedRange } from "./address-plan";
import type { Rule } from "./rule";

interface Pair {
  readonly earlier: PlannedRange;
  readonly later: PlannedRange;
}

const noOverlaps: Rule = (draft) => {
  const ranges = rangesOf(draft).filter((range) => !isTooWide(range));
  const suggest = suggestionsFor(ranges);
  return overlappingPairs(ranges)
    .filter(({ earlier, later }) => !mayOverlap(earlier, later))
    .map(({ earlier, later }) => overlapProblem(earlier, later, suggest));
};

const lobsInSupernets: Rule = (draft) => {
  const ranges = rangesOf(draft);
  const supernets = ranges.filter(({ kind }) => kind === "supernet");
  if (supernets.length === 0) return [];
  const suggest = suggestionsFor(ranges);
  const list = supernets.map(({ cidr }) => cidr).join(", ");
  return ranges
    .filter(
      ({ kind, cidr }) => kind === "lob" && !supernets.some((supernet) => contains(supernet.cidr, cidr)),
    )
    .map(({ path, cidr }) => {
      const rule = `must be inside network.lobSupernets (${list}): the hub routes to no other range`;
      return problem(path, cidr, rule, `${suggest(cidr)}, or add a supernet that holds this one`);
    });
};

/** A LOB's range is taken from a supernet, the simulator's from a corporate network; all else must be apart. */
function mayOverlap(a: PlannedRange, b: PlannedRange): boolean {
  return ["lob,supernet", "corporate,on-premise"].includes([a.kind, b.kind].sort().join());
}

/**
 * Every two ranges that share an address, in the order of the file.
 *
 * Ranges in CIDR notation are apart or nested. So each range, in the order of first addresses, overlaps just the ranges
 * that have begun and not ended before it: not all pairs need to be compared.
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

/** What to do instead of using a range that a LOB cannot have. */
type Suggest = (cidr: string) => string;

function overlapProblem(earlier: PlannedRange, later: PlannedRange, suggest: Suggest): Problem {
  const rule = `overlaps ${renderPath(earlier.path)} (${earlier.cidr}): the hub could route to one of the two only`;
  return problem(later.path, later.cidr, rule, remedyFor(later, suggest));
}

function remedyFor({ kind, cidr }: PlannedRange, suggest: Suggest): string {
  if (kind === "lob") return suggest(cidr);
  if (kind === "corporate" || kind === "supernet") return "list ranges that are apart, each once";
  return "give each VPC a range of its own";
}

/** Names a free range of the same size, where the supernets have one; looks for it once per size. */
function suggestionsFor(ranges: readonly PlannedRange[]): Suggest {
  const bySize = new Map<number, string>();
  return (cidr) => {
    const prefix = prefixLength(cidr);
    const known = bySize.get(prefix);
    if (known !== undefined) return known;
    const free = freeLobRange(ranges, prefix);
    const text =
      free === undefined ? "take a free range of network.lobSupernets" : `take a free range, such as ${free}`;
    bySize.set(prefix, text);
    return text;
  };
}

export const overlapRules: readonly Rule[] = [noOverlaps, lobsInSupernets];
