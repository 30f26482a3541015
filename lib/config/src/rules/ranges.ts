import { canonical, contains, overlaps, prefixLength } from "../cidr";
import { problem, type Problem } from "../problem";
import {
  DOCKER_BRIDGE,
  isTooWide,
  isVpc,
  rangesOf,
  WIDEST_CORPORATE_PREFIX,
  type PlannedRange,
} from "./address-plan";
import type { Rule } from "./rule";

/** Rules for each range alone; those for two ranges are in ./overlaps. */

/** RFC 1918, and RFC 6598 (carrier-grade NAT), which AWS takes for VPCs too. */
export const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Ranges for this host, loopback, link-local addresses, multicast and reserved addresses. */
export const NEVER_ROUTED = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const WIDEST_VPC_PREFIX = 16;

/** The quarters of a smaller VPC hold too few addresses for endpoints and Studio apps. */
const NARROWEST_VPC_PREFIX = 24;

/** Makes a rule of a check of one range. */
function forEachRange(check: (range: PlannedRange) => Problem[]): Rule {
  return (draft) => rangesOf(draft).flatMap(check);
}

const noHostBits = forEachRange(({ cidr, path }) => {
  const network = canonical(cidr);
  return network === cidr
    ? []
    : [problem(path, cidr, "a range begins with its network address: host bits are set", `write ${network}`)];
});

const privateAddresses = forEachRange(({ kind, cidr, path }) => {
  if (kind === "corporate" || PRIVATE.some((range) => contains(range, cidr))) return [];
  return [problem(path, cidr, "must be private address space", `take it from ${PRIVATE.join(", ")}`)];
});

const vpcSize = forEachRange((range) => {
  const prefix = prefixLength(range.cidr);
  if (!isVpc(range) || (prefix >= WIDEST_VPC_PREFIX && prefix <= NARROWEST_VPC_PREFIX)) return [];
  const rule =
    `a VPC is /${WIDEST_VPC_PREFIX} to /${NARROWEST_VPC_PREFIX}: AWS takes none larger, ` +
    "and its subnets do not fit into one smaller";
  return [
    problem(
      range.path,
      range.cidr,
      rule,
      `write a prefix of /${WIDEST_VPC_PREFIX} to /${NARROWEST_VPC_PREFIX}`,
    ),
  ];
});

const apartFromDocker = forEachRange((range) => {
  if (!isVpc(range) || !overlaps(range.cidr, DOCKER_BRIDGE)) return [];
  const rule = `SageMaker uses ${DOCKER_BRIDGE} itself, for Docker's bridge: what a VPC has there cannot be reached`;
  return [problem(range.path, range.cidr, rule, "take another range")];
});

const corporateNetworks = forEachRange((range) => {
  const { kind, cidr, path } = range;
  if (kind !== "corporate") return [];
  if (isTooWide(range)) {
    const rule = `a corporate network is /${WIDEST_CORPORATE_PREFIX} or smaller; a wider range would admit far more than one company`;
    return [problem(path, cidr, rule, "list the company's own networks")];
  }
  const special = NEVER_ROUTED.find((other) => overlaps(other, cidr));
  if (special === undefined) return [];
  return [
    problem(path, cidr, `no network routes ${special}`, "write the network that the users' machines are in"),
  ];
});

export const rangeRules: readonly Rule[] = [
  noHostBits,
  privateAddresses,
  vpcSize,
  apartFromDocker,
  corporateNetworks,
];
