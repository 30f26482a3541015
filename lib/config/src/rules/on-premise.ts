import { canonical, contains, overlaps, prefixLength } from "../cidr";
import { CIDR } from "../fields";
import { problem, type Problem } from "../problem";
import { rangesOf } from "./address-plan";
import { NEVER_ROUTED, PRIVATE } from "./ranges";
import type { Rule } from "./rule";

/** An operator with more addresses than this opens the bastion to neighbours as well. */
const WIDEST_OPERATOR_PREFIX = 24;

const insideCorporateNetworks: Rule = (draft) => {
  // A list that is missing is reported as such.
  if (draft.network?.corporateCidrs === undefined) return [];
  const ranges = rangesOf(draft);
  const corporate = ranges.filter(({ kind }) => kind === "corporate").map(({ cidr }) => cidr);
  return ranges
    .filter(
      ({ kind, cidr }) => kind === "on-premise" && !corporate.some((network) => contains(network, cidr)),
    )
    .map(({ path, cidr }) => {
      const list = corporate.length === 0 ? "which names none" : corporate.join(", ");
      const rule = `must be inside network.corporateCidrs (${list}): the hub's endpoints and resolver admit no other network`;
      return problem(path, cidr, rule, `add ${cidr} to network.corporateCidrs, or take a range of those`);
    });
};

const operatorAlone: Rule = ({ onPremise }) => {
  const entry = onPremise?.entry;
  const cidr = entry !== undefined && "operatorCidr" in entry ? entry.operatorCidr : undefined;
  return cidr !== undefined && CIDR.safeParse(cidr).success ? operatorProblems(cidr) : [];
};

/** At most one problem: the one to solve first. */
function operatorProblems(cidr: string): Problem[] {
  const path = ["onPremise", "entry", "operatorCidr"];
  if (prefixLength(cidr) < WIDEST_OPERATOR_PREFIX) {
    const rule = `at most the 256 addresses of a /${WIDEST_OPERATOR_PREFIX} may knock at the bastion's SSH port`;
    return [problem(path, cidr, rule, "write the one address that you connect from, such as 203.0.113.7/32")];
  }
  if ([...PRIVATE, ...NEVER_ROUTED].some((range) => overlaps(range, cidr))) {
    const rule =
      "no operator connects from there: the bastion is reached over the internet, where this is not an address";
    return [
      problem(path, cidr, rule, "write your public address, which https://checkip.amazonaws.com tells you"),
    ];
  }
  const network = canonical(cidr);
  if (network === cidr) return [];
  const rule = "a range begins with its network address: host bits are set";
  return [
    problem(path, cidr, rule, `write ${network}, or ${cidr.replace(/\/\d+$/, "/32")} for the one address`),
  ];
}

export const onPremiseRules: readonly Rule[] = [insideCorporateNetworks, operatorAlone];
