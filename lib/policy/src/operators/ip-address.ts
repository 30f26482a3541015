import { BlockList, isIP } from "node:net";
import { RequestError } from "../errors";
import { constantValue, malformedValue } from "./value-test";

type Family = "ipv4" | "ipv6";

function familyOf(address: string): Family | undefined {
  const family = isIP(address);
  return family === 4 ? "ipv4" : family === 6 ? "ipv6" : undefined;
}

function prefixLength(text: string | undefined, family: Family): number | undefined {
  const longest = family === "ipv4" ? 32 : 128;
  // Without a prefix, "IAM uses the default prefix value of /32". AWS does not say whether that holds for IPv6, where it
  // would be a huge network, so an IPv6 address without a prefix is refused.
  if (text === undefined) return family === "ipv4" ? longest : undefined;
  return /^\d{1,3}$/.test(text) && Number(text) <= longest ? Number(text) : undefined;
}

/** `IpAddress`: an IPv4 or IPv6 address in a CIDR range. */
export const ipAddress = constantValue((text) => {
  const [address = "", prefix, ...rest] = text.split("/");
  const family = familyOf(address);
  const length = family === undefined ? undefined : prefixLength(prefix, family);
  if (family === undefined || length === undefined || rest.length > 0)
    throw malformedValue(text, "an address or CIDR range");
  const range = new BlockList();
  range.addSubnet(address, length, family);
  return (actual) => {
    const actualFamily = familyOf(actual);
    if (actualFamily === undefined)
      throw new RequestError("malformed_context", `"${actual}" is not an IP address`);
    return actualFamily === family && range.check(actual, family);
  };
});
