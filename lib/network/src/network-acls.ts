import { contains, publicCoverage } from "./cidr";
import type { NetworkAclFact, NetworkAclRuleFact, NetworkFacts, SubnetFact } from "./facts";
import { indexOf } from "./facts-index";
import { NotModelled } from "./not-modelled";

/** Ports of a connection's client. Which one it takes is not known, so all must be allowed alike. */
const EPHEMERAL = { from: 1024, to: 65_535 };
const HTTPS = { from: 443, to: 443 };

type Ports = typeof HTTPS;

/** Whether the network ACLs of a subnet let an HTTPS connection through; the address is undefined for a public one. */
export interface AclCheck {
  readonly subnet: SubnetFact;
  readonly address: string | undefined;
  /** Whether the connection starts in the subnet. */
  readonly client: boolean;
}

/**
 * Why a network ACL drops the packets of a connection, if one does. ACLs are stateless: requests to port 443 and responses to
 * the client's port must both be allowed. A subnet without an ACL in the facts has AWS's default one, which allows everything.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 *
 * @throws {NotModelled} where the answer differs by the client's port or the public address
 */
export function aclFault(facts: NetworkFacts, { subnet, address, client }: AclCheck): AclFault | undefined {
  const acl = indexOf(facts).acls.get(subnet.subnetId);
  if (acl === undefined) return undefined;
  const flows = [
    { egress: client, ports: HTTPS },
    { egress: !client, ports: EPHEMERAL },
  ];
  const blocked = flows.find(({ egress, ports }) => !allows(acl, egress, ports, address));
  if (blocked === undefined) return undefined;
  const direction = blocked.egress ? "outbound" : "inbound";
  const port = blocked.ports === HTTPS ? "TCP 443" : "the client's ports";
  const peer = address ?? "public addresses";
  return {
    hop: acl.aclId,
    reason: `the network ACL of ${subnet.subnetId} does not allow ${port} ${direction}, ${peer}`,
  };
}

export interface AclFault {
  readonly hop: string;
  readonly reason: string;
}

/** Whether an ACL of the facts lets everything through, as the default one does. */
export function allowsEverything({ rules }: NetworkAclFact): boolean {
  const firsts = [true, false].map((egress) => inOrder(rules, egress)[0]);
  return firsts.every((rule) => rule?.allow === true && rule.protocol === "-1" && rule.cidr === "0.0.0.0/0");
}

function inOrder(rules: readonly NetworkAclRuleFact[], egress: boolean): readonly NetworkAclRuleFact[] {
  return rules.filter((rule) => rule.egress === egress).toSorted((left, right) => left.number - right.number);
}

function allows(acl: NetworkAclFact, egress: boolean, ports: Ports, address: string | undefined): boolean {
  const rules = inOrder(acl.rules, egress).filter(
    (rule) => ["-1", "tcp", "6"].includes(rule.protocol) && matches(acl, rule, address),
  );
  // The answer can change only where a rule begins or ends.
  const starts = rules.flatMap((rule) =>
    rule.protocol === "-1" ? [] : [rule.fromPort ?? 0, (rule.toPort ?? 65_535) + 1],
  );
  const samples = [ports.from, ...starts.filter((port) => port > ports.from && port <= ports.to)];
  const answers = new Set(samples.map((port) => rules.find((rule) => hasPort(rule, port))?.allow ?? false));
  if (answers.size > 1)
    throw new NotModelled(acl.aclId, "it allows some of the client's ports and not others");
  return answers.has(true);
}

function hasPort({ protocol, fromPort, toPort }: NetworkAclRuleFact, port: number): boolean {
  return protocol === "-1" || ((fromPort ?? 0) <= port && port <= (toPort ?? 65_535));
}

function matches(acl: NetworkAclFact, { cidr }: NetworkAclRuleFact, address: string | undefined): boolean {
  if (cidr.includes(":")) return false;
  if (address !== undefined) return contains(cidr, address);
  const coverage = publicCoverage([cidr]);
  if (coverage === "part")
    throw new NotModelled(acl.aclId, `its rule for ${cidr} holds some public addresses and not others`);
  return coverage === "all";
}
