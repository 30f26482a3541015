import { long2ip, Netmask } from "netmask";

/**
 * IPv4 ranges in CIDR notation, over the netmask package. All functions take valid notation (the schema sees to
 * that); host bits are ignored, so `10.0.0.7/16` is taken for `10.0.0.0/16`.
 */

/** First and last address of a range, as numbers. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The range as a pair of numbers, for sorting and comparing. */
export function span(cidr: string): Span {
  const { netLong, size } = new Netmask(cidr);
  return { first: netLong, last: netLong + size - 1 };
}

/** Length of the prefix: 16 for `10.0.0.0/16`. */
export function prefixLength(cidr: string): number {
  return new Netmask(cidr).bitmask;
}

/** The range without host bits: `10.0.0.0/16` for `10.0.0.7/16`. */
export function canonical(cidr: string): string {
  return new Netmask(cidr).toString();
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [o, i] = [span(outer), span(inner)];
  return o.first <= i.first && i.last <= o.last;
}

/** Whether the two ranges share an address. */
export function overlaps(a: string, b: string): boolean {
  // Ranges in CIDR notation never cross: they are apart, or one holds the other.
  return contains(a, b) || contains(b, a);
}

/**
 * The parts of a range, all with the given prefix length, in order; only the first `count` of them, if it is given.
 *
 * @throws {RangeError} when the prefix is shorter than the range's own, or longer than 32
 */
export function split(cidr: string, prefix: number, count = Infinity): string[] {
  const own = prefixLength(cidr);
  if (prefix < own || prefix > 32) {
    throw new RangeError(`${cidr} has no parts of /${prefix}`);
  }
  const size = 2 ** (32 - prefix);
  const { first } = span(cidr);
  const length = Math.min(count, 2 ** (prefix - own));
  return Array.from({ length }, (_, index) => `${long2ip(first + index * size)}/${prefix}`);
}

/** The first range of the given prefix length that is inside one of the spaces and apart from all that are taken. */
export function freeRange(
  spaces: readonly string[],
  prefix: number,
  taken: readonly string[],
): string | undefined {
  const size = 2 ** (32 - prefix);
  const spans = taken.map(span);
  for (const { first, last } of spaces.map(span)) {
    let start = Math.ceil(first / size) * size;
    while (start + size - 1 <= last) {
      const [from, to] = [start, start + size - 1];
      const obstacle = spans.find((other) => other.first <= to && other.last >= from);
      if (obstacle === undefined) return `${long2ip(start)}/${prefix}`;
      start = Math.ceil((obstacle.last + 1) / size) * size;
    }
  }
  return undefined;
}

/** Where the subnets of a VPC lie. The first of each pair is in the first availability zone. */
export interface SubnetPlan {
  readonly private: [string, string];
  /** /28 each, for the Transit Gateway attachment alone, as AWS recommends. */
  readonly attachment: [string, string];
}

/**
 * Address plan of a VPC: the first two quarters are the private subnets, the first two /28 of the third quarter the
 * attachment subnets. The rest stays free.
 *
 * @throws {RangeError} when the VPC is smaller than /25, whose quarters hold no two /28
 */
export function subnetPlan(vpcCidr: string): SubnetPlan {
  const [zone1, zone2, third] = split(vpcCidr, prefixLength(vpcCidr) + 2);
  const [attachment1, attachment2] = third === undefined ? [] : split(third, 28, 2);
  if (!zone1 || !zone2 || !attachment1 || !attachment2) {
    throw new RangeError(`${vpcCidr} is too small for two private and two attachment subnets`);
  }
  return { private: [zone1, zone2], attachment: [attachment1, attachment2] };
}
