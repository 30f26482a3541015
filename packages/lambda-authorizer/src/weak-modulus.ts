/** Primes up to 167: the factors that ROCA's detection looks at. */
const PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
] as const;

/** The base of ROCA's primes: each is a power of it, modulo the product of the first primes. */
const ROCA_BASE = 65_537;

/** Of each prime, the remainders that a ROCA modulus can have. */
const ROCA_REMAINDERS: ReadonlyMap<number, ReadonlySet<number>> = new Map(
  PRIMES.map((prime) => [prime, powersOf(ROCA_BASE % prime, prime)]),
);

function powersOf(base: number, prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * base) % prime) powers.add(power);
  return powers;
}

/**
 * Whether an RSA modulus is known to be weak: it has a small factor, or the form of the keys that Infineon's library
 * made and that can be factored (ROCA, CVE-2017-15361). A sound modulus has that form once in more than 2^100.
 *
 * Source: https://crocs.fi.muni.cz/public/papers/rsa_ccs17, section 3
 */
export function isWeakModulus(modulus: bigint): boolean {
  const remainders = PRIMES.map((prime) => [prime, Number(modulus % BigInt(prime))] as const);
  if (modulus % 2n === 0n || remainders.some(([, remainder]) => remainder === 0)) return true;
  return remainders.every(([prime, remainder]) => ROCA_REMAINDERS.get(prime)?.has(remainder));
}
