import { lobsOf, placed, type Draft, type Placed } from "../draft";
import { CIDR } from "../fields";
import type { Path } from "../path";
import { freeRange, prefixLength } from "../cidr";

/** What a range of the config is for. */
type RangeKind = "hub" | "access" | "lob" | "supernet" | "corporate" | "on-premise";

/** A range of the config: where it stands, and what it is for. */
export interface PlannedRange {
  readonly kind: RangeKind;
  readonly cidr: string;
  readonly path: Path;
}

/** A range wider than this is no company's network; it is reported as such, and nothing is compared with it. */
export const WIDEST_CORPORATE_PREFIX = 8;

/** SageMaker uses this range itself, for Docker's bridge: what a VPC has there cannot be reached. */
export const DOCKER_BRIDGE = "172.17.0.0/16";

/** Every range of the config that is written as one, in the order of the file. */
export function rangesOf(draft: Draft): PlannedRange[] {
  const { hubCidr, accessCidr, lobSupernets, corporateCidrs } = draft.network ?? {};
  const lobCidrs = lobsOf(draft).map(({ lob, path }) => ({ value: lob.cidr, path: [...path, "cidr"] }));
  return [
    ...ranges("hub", [{ value: hubCidr, path: ["network", "hubCidr"] }]),
    ...ranges("access", [{ value: accessCidr, path: ["network", "accessCidr"] }]),
    ...ranges("supernet", placed(lobSupernets, ["network", "lobSupernets"])),
    ...ranges("corporate", placed(corporateCidrs, ["network", "corporateCidrs"])),
    ...ranges("lob", lobCidrs),
    ...ranges("on-premise", [{ value: draft.onPremise?.cidr, path: ["onPremise", "cidr"] }]),
  ];
}

/** Ranges in which we make a VPC. */
export function isVpc({ kind }: PlannedRange): boolean {
  return kind === "hub" || kind === "access" || kind === "lob" || kind === "on-premise";
}

export function isTooWide({ kind, cidr }: PlannedRange): boolean {
  return kind === "corporate" && prefixLength(cidr) < WIDEST_CORPORATE_PREFIX;
}

/** The first range of this size that a new line of business could have; undefined where the supernets have none. */
export function freeLobRange(ranges: readonly PlannedRange[], prefix: number): string | undefined {
  const supernets = ranges.filter(({ kind }) => kind === "supernet").map(({ cidr }) => cidr);
  const taken = ranges.filter(({ kind }) => kind !== "supernet").map(({ cidr }) => cidr);
  return freeRange(supernets, prefix, [...taken, DOCKER_BRIDGE]);
}

function ranges(kind: RangeKind, places: readonly Placed<string | undefined>[]): PlannedRange[] {
  return places.flatMap(({ value, path }) =>
    value !== undefined && CIDR.safeParse(value).success ? [{ kind, cidr: value, path }] : [],
  );
}
