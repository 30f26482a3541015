import { Netmask } from "netmask";

/** Whether the block holds the address (or the whole other block). */
export function contains(cidr: string, address: string): boolean {
  return new Netmask(cidr).contains(address);
}

/** Whether two blocks share an address. */
export function overlap(left: string, right: string): boolean {
  return contains(left, right) || contains(right, left);
}

/** Prefix length: 16 for 10.0.0.0/16. */
export function prefixLength(cidr: string): number {
  return new Netmask(cidr).bitmask;
}

/**
 * An address within a subnet for whoever stands there: always the same one for the same seed. Stays clear of the
 * first four and the last, which AWS keeps.
 */
export function addressIn(cidr: string, seed: string): string {
  const block = new Netmask(cidr);
  const usable = Math.max(block.size - 5, 1);
  const hash = Buffer.from(seed).reduce((sum, byte) => (sum * 31 + byte) % 65_521, 7);
  return addressAt(block.base, 4 + (hash % usable));
}

function addressAt(base: string, offset: number): string {
  const start = base.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const value = start + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
