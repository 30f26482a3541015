import { createPublicKey, type KeyObject } from "node:crypto";

/** Product of the first 39 primes, 2 to 167. */
const PRIMORIAL = [
  2n,
  3n,
  5n,
  7n,
  11n,
  13n,
  17n,
  19n,
  23n,
  29n,
  31n,
  37n,
  41n,
  43n,
  47n,
  53n,
  59n,
  61n,
  67n,
  71n,
  73n,
  79n,
  83n,
  89n,
  97n,
  101n,
  103n,
  107n,
  109n,
  113n,
  127n,
  131n,
  137n,
  139n,
  149n,
  151n,
  157n,
  163n,
  167n,
].reduce((product, prime) => product * prime);

export function modulusOf(key: KeyObject): bigint {
  const { n = "" } = key.export({ format: "jwk" });
  return BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`);
}

/** A modulus of 2,048 bits in the form of ROCA's keys: a power of 65,537, modulo the primorial. Nobody knows its factors. */
export function rocaModulus(seed: bigint): bigint {
  let power = 1n;
  for (let count = 0n; count < seed; count += 1n) power = (power * 65_537n) % PRIMORIAL;
  const top = (1n << 2047n) / PRIMORIAL + 1n + seed;
  return top * PRIMORIAL + power;
}

/** The public key of such a modulus. */
export function keyOfModulus(modulus: bigint): KeyObject {
  const n = Buffer.from(modulus.toString(16), "hex").toString("base64url");
  return createPublicKey({ format: "jwk", key: { kty: "RSA", n, e: "AQAB" } });
}
