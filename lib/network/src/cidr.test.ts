import { canonical, addressIn, contains, overlap, prefixLength } from "./cidr";

describe("addressIn", () => {
  it("gives an address of the subnet, and the same one for the same seed", () => {
    const address = addressIn("10.1.2.0/28", "function access-presign");
    expect(contains("10.1.2.0/28", address)).toBe(true);
    expect(addressIn("10.1.2.0/28", "function access-presign")).toBe(address);
  });

  it.each(["a", "b", "vantage lob-a", "vpce-0123456789abcdef0"])(
    "avoids the addresses that AWS reserves (%s)",
    (seed) => {
      const last = Number(addressIn("10.1.2.0/28", seed).split(".")[3]);
      expect(last).toBeGreaterThanOrEqual(4);
      expect(last).toBeLessThan(15);
    },
  );

  it("stays within a large subnet", () => {
    expect(contains("10.0.0.0/8", addressIn("10.0.0.0/8", "a somewhat longer seed, for a large sum"))).toBe(
      true,
    );
  });
});

it("finds that blocks overlap when one holds the other, in either order", () => {
  expect(overlap("10.0.0.0/8", "10.1.0.0/16")).toBe(true);
  expect(overlap("10.1.0.0/16", "10.0.0.0/8")).toBe(true);
  expect(overlap("10.1.0.0/16", "10.2.0.0/16")).toBe(false);
  expect(prefixLength("10.1.0.0/16")).toBe(16);
});

it.each([
  ["10.0.0.1/8", "10.0.0.0/8"],
  ["100.68.0.18/18", "100.68.0.0/18"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["10.1.2.3/32", "10.1.2.3/32"],
])("writes %s without host bits", (given, expected) => {
  expect(canonical(given)).toBe(expected);
});
