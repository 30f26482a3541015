import { lobsOf } from "../draft";
import { problem } from "../problem";
import type { Rule } from "./rule";

/**
 * VPCs that one private zone can be associated with. Past that, AWS recommends Route 53 Profiles.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-hosted-zones
 */
const MOST_VPCS_PER_ZONE = 300;

/** The zone of the SageMaker API has the most: the hub, the access VPC and the simulator beside the lines of business. */
const profilePastTheZones: Rule = (draft) => {
  const { network, onPremise } = draft;
  const zoneSharing = network?.zoneSharing ?? "associations";
  const lobs = lobsOf(draft).length;
  const others = onPremise === null || onPremise === undefined ? 2 : 3;
  if (zoneSharing === "profile" || lobs + others <= MOST_VPCS_PER_ZONE) return [];
  return [
    problem(
      ["network", "zoneSharing"],
      network?.zoneSharing,
      `AWS associates at most ${MOST_VPCS_PER_ZONE} VPCs with a private zone, and here there are ${lobs} lines of business and ${others} VPCs beside them`,
      'write "profile": one Route 53 Profile for all of them (docs/scale.md: its price, and how a deployed environment changes to it)',
    ),
  ];
};

export const zoneSharingRules: readonly Rule[] = [profilePastTheZones];
