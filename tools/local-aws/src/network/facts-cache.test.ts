import { exampleNetwork } from "@studio-access/network/testing";
import { FactsCache } from "./facts-cache";

function counting(): { cache: FactsCache; reads: () => number } {
  let reads = 0;
  const cache = new FactsCache(() => {
    reads += 1;
    return Promise.resolve(exampleNetwork);
  });
  return { cache, reads: () => reads };
}

describe("FactsCache", () => {
  it("reads once until the network changes", async () => {
    const { cache, reads } = counting();
    await Promise.all([cache.get("eu-west-1"), cache.get("eu-west-1")]);
    cache.observe({ service: "ec2", operation: "DescribeVpcs", method: "POST" });
    cache.observe({ service: "route53", operation: "GET /2013-04-01/hostedzone", method: "GET" });
    cache.observe({ service: "ram", operation: "POST /getresourceshareassociations", method: "POST" });
    cache.observe({ service: "ram", operation: "POST /listresources", method: "POST" });
    cache.observe({ service: "dynamodb", operation: "PutItem", method: "POST" });
    await cache.get("eu-west-1");
    expect(reads()).toBe(1);
  });

  it.each([
    { service: "ec2", operation: "AuthorizeSecurityGroupIngress", method: "POST" },
    { service: "route53", operation: "POST /2013-04-01/hostedzone/Z1/associatevpc", method: "POST" },
    { service: "ram", operation: "POST /acceptresourceshareinvitation", method: "POST" },
  ])("reads again after $operation", async (call) => {
    const { cache, reads } = counting();
    await cache.get("eu-west-1");
    cache.observe(call);
    await cache.get("eu-west-1");
    expect(reads()).toBe(2);
  });

  it("reads again after a failure", async () => {
    let failing = true;
    const cache = new FactsCache(() =>
      failing ? Promise.reject(new Error("moto has ended")) : Promise.resolve(exampleNetwork),
    );
    await expect(cache.get("eu-west-1")).rejects.toThrow("moto has ended");
    failing = false;
    await expect(cache.get("eu-west-1")).resolves.toBe(exampleNetwork);
  });
});
