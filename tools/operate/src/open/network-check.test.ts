import { networkAdvice } from "./network-check";

const HOST = "abc123.execute-api.eu-west-1.amazonaws.com";

function advice(...addresses: string[]): Promise<string> {
  return networkAdvice(HOST, () => Promise.resolve(addresses));
}

describe("networkAdvice", () => {
  it("says that this machine is on another network when the name has no address", async () => {
    const text = await networkAdvice(HOST, () => Promise.reject(new Error("ENOTFOUND")));
    expect(text).toContain(`not on the private network: ${HOST} has no address here`);
  });

  it.each([["3.248.1.2"], ["10.0.1.7", "3.248.1.2"], ["2600:1f18::1"], ["172.32.0.1"], ["11.0.0.1"]])(
    "says that this machine is on another network when the addresses are public (%s)",
    async (...addresses) => {
      await expect(advice(...addresses)).resolves.toContain(
        `resolves to public addresses here (${addresses.join(", ")})`,
      );
    },
  );

  it.each([["10.0.1.7"], ["192.168.10.4"], ["172.31.255.1"], ["100.64.0.9"], ["10.0.1.7", "10.0.2.7"]])(
    "advises to check routes and firewalls when the addresses are private (%s)",
    async (...addresses) => {
      const text = await advice(...addresses);
      expect(text).toContain("routes and firewalls");
      expect(text).not.toContain("not on the private network");
    },
  );

  it("always says how to check", async () => {
    await expect(advice()).resolves.toContain(`nslookup ${HOST}`);
  });
});
