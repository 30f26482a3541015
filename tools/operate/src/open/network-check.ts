import { BlockList, isIPv4 } from "node:net";

/** Finds the addresses of a host; rejects when it has none. */
export type Lookup = (host: string) => Promise<readonly string[]>;

const PRIVATE = new BlockList();
PRIVATE.addSubnet("10.0.0.0", 8);
PRIVATE.addSubnet("172.16.0.0", 12);
PRIVATE.addSubnet("192.168.0.0", 16);
// The shared address space of RFC 6598, which some companies and VPCs use internally.
PRIVATE.addSubnet("100.64.0.0", 10);

/** How this machine resolves the API's name, and how to check the network path. */
export async function networkAdvice(host: string, lookup: Lookup): Promise<string> {
  const addresses = await lookup(host).catch(() => []);
  return [
    seen(host, addresses),
    `To check: \`nslookup ${host}\` must answer with an address of the hub's VPC, and port 443 there must let you in. ` +
      "If not, connect to the corporate network (VPN), whose DNS must forward the name to the hub's inbound resolver.",
  ].join("\n");
}

function seen(host: string, addresses: readonly string[]): string {
  const list = addresses.join(", ");
  if (addresses.length === 0)
    return `This machine is not on the private network: ${host} has no address here.`;
  if (addresses.every((address) => isIPv4(address) && PRIVATE.check(address))) {
    return `The name resolves to private addresses here (${list}), so look at routes and firewalls on the way.`;
  }
  return `This machine is not on the private network: ${host} resolves to public addresses here (${list}).`;
}
