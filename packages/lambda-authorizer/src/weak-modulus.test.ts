import { createKey } from "./testing/issuer";
import { modulusOf, rocaModulus } from "./testing/weak-keys";
import { isWeakModulus } from "./weak-modulus";

describe("isWeakModulus", () => {
  it("finds none in keys that OpenSSL makes", () => {
    for (let count = 0; count < 8; count += 1)
      expect(isWeakModulus(modulusOf(createKey("key-1").publicKey))).toBe(false);
  });

  it.each([1n, 7n, 12_345n])("finds the form of ROCA's keys (%s)", (seed) => {
    const modulus = rocaModulus(seed);
    expect(modulus.toString(2)).toHaveLength(2048);
    expect(isWeakModulus(modulus)).toBe(true);
  });

  it.each([2n, 3n, 101n, 167n])("finds the small factor %s", (factor) => {
    const sound = modulusOf(createKey("key-1").publicKey);
    expect(isWeakModulus(sound * factor)).toBe(true);
  });
});
