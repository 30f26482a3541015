import { Netmask } from "netmask";

/** Whether the block holds the address (or the whole other block). */
export function contains(cidr: string, address: string): boolean {
  return block(cidr).contains(address);
}

/** Taking a block apart costs more than asking it, and the same few blocks are asked over and over. */
const BLOCKS = new Map<string, Netmask>();
const MAX_BLOCKS = 10_000;

function block(cidr: string): Netmask {
  const known = BLOCKS.get(cidr);
  if (known !== undefined) return known;
  if (BLOCKS.size >= MAX_BLOCKS) BLOCKS.clear();
  const made = new Netmask(cidr);
  BLOCKS.set(cidr, made);
  return made;
}

/** Whether two blocks share an address. */
export function overlap(left: string, right: string): boolean {
  return contains(left, right) || contains(right, left);
}

/** Prefix length: 16 for 10.0.0.0/16. */
export function prefixLength(cidr: string): number {
  return block(cidr).bitmask;
}

/**
 * An address within a subnet for whoever stands there: always the same one for the same seed. Stays clear of the
 * first four and the last, which AWS keeps.
 */
export function addressIn(cidr: string, seed: string): string {
  const { size, base } = block(cidr);
  const usable = Math.max(size - 5, 1);
  const hash = Buffer.from(seed).reduce((sum, byte) => (sum * 31 + byte) % 65_521, 7);
  return addressAt(base, 4 + (hash % usable));
}

function addressAt(base: string, offset: number): string {
  const start = base.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const value = start + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
