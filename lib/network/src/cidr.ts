import { isIPv4 } from "node:net";

import { Netmask } from "netmask";

/** Whether the block holds the address, or all of the other block. */
export function contains(cidr: string, address: string): boolean {
  const outer = block(cidr);
  const inner = block(address);
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** A block as numbers, parsed once: the same few thousand blocks are compared over and over. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly bitmask: number;
}

const BLOCKS = new Map<string, Block>();
const MAX_BLOCKS = 20_000;

function block(cidr: string): Block {
  // Addresses are many, and cheap to read.
  if (isIPv4(cidr)) {
    const address = asNumber(cidr);
    return { first: address, last: address, bitmask: 32 };
  }
  const known = BLOCKS.get(cidr);
  if (known !== undefined) return known;
  if (BLOCKS.size >= MAX_BLOCKS) BLOCKS.clear();
  const { base, bitmask, size } = new Netmask(cidr);
  const first = asNumber(base);
  const made = { first, last: first + size - 1, bitmask };
  BLOCKS.set(cidr, made);
  return made;
}

function asNumber(address: string): number {
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** The block without host bits: `10.0.0.0/8` for `10.0.0.1/8`. */
export function canonical(cidr: string): string {
  return new Netmask(cidr).toString();
}

/** Whether two blocks share an address. */
export function overlap(left: string, right: string): boolean {
  return contains(left, right) || contains(right, left);
}

/** The owners of blocks that hold, or lie in, a block of another owner. */
export function sharing(
  entries: readonly { readonly owner: string; readonly cidr: string }[],
): ReadonlySet<string> {
  const found = new Set<string>();
  // Blocks lie in one another or apart. In this order, the open blocks are those in which the next one lies.
  let open: { readonly owner: string; readonly last: number }[] = [];
  const ordered = entries
    .map(({ owner, cidr }) => ({ owner, ...block(cidr) }))
    .toSorted((left, right) => left.first - right.first || right.last - left.last);
  for (const { owner, first, last } of ordered) {
    open = open.filter((each) => each.last >= first);
    for (const other of open) if (other.owner !== owner) found.add(owner).add(other.owner);
    open.push({ owner, last });
  }
  return found;
}

/** Where no public service has an address: private, shared, local, documentation's and multicast blocks. */
const NOT_PUBLIC = [
  ...[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
  ],
  ...["192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"],
].map(block);
const NOT_PUBLIC_SIZE = unionSize(NOT_PUBLIC);

/** How much of the public address space blocks hold together. */
export function publicCoverage(cidrs: readonly string[]): "none" | "part" | "all" {
  if (cidrs.includes("0.0.0.0/0")) return "all";
  const held = unionSize([...NOT_PUBLIC, ...cidrs.map(block)]);
  if (held === NOT_PUBLIC_SIZE) return "none";
  return held === 2 ** 32 ? "all" : "part";
}

function unionSize(blocks: readonly Block[]): number {
  let size = 0;
  let end = -1;
  for (const { first, last } of blocks.toSorted((left, right) => left.first - right.first)) {
    size += Math.max(last - Math.max(first - 1, end), 0);
    end = Math.max(end, last);
  }
  return size;
}

/** Finds the longest block that holds an address without comparing every block. The first of equal blocks counts. */
export class LongestPrefix<Entry> {
  /** The prefix lengths of all blocks, the longest first. */
  readonly #lengths: readonly number[];
  readonly #byBlock = new Map<number, Map<number, Entry>>();

  constructor(entries: readonly Entry[], cidrOf: (entry: Entry) => string) {
    for (const entry of entries) {
      const { first, bitmask } = block(cidrOf(entry));
      const ofLength = this.#byBlock.get(bitmask) ?? new Map<number, Entry>();
      this.#byBlock.set(bitmask, ofLength);
      if (!ofLength.has(first)) ofLength.set(first, entry);
    }
    this.#lengths = [...this.#byBlock.keys()].sort((left, right) => right - left);
  }

  find(address: string): Entry | undefined {
    const value = block(address).first;
    for (const length of this.#lengths) {
      const size = 2 ** (32 - length);
      const entry = this.#byBlock.get(length)?.get(Math.floor(value / size) * size);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }
}

/** Prefix length: 16 for 10.0.0.0/16. */
export function prefixLength(cidr: string): number {
  return block(cidr).bitmask;
}

/**
 * An address in a subnet, always the same one for the same seed. It is none of the first four and not the last one, which
 * AWS reserves.
 */
export function addressIn(cidr: string, seed: string): string {
  const { first, last } = block(cidr);
  const usable = Math.max(last - first - 4, 1);
  const hash = Buffer.from(seed).reduce((sum, byte) => (sum * 31 + byte) % 65_521, 7);
  return addressAt(first, 4 + (hash % usable));
}

function addressAt(start: number, offset: number): string {
  const value = start + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
