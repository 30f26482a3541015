import { DescribeVpcEndpointServicesCommand, EC2Client } from "@aws-sdk/client-ec2";

import type { AccountClientSettings } from "../../environment/account-client";
import type { Facts } from "../facts";
import { fail, notChecked, ok, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";
import { text } from "../../environment/placed-resources";
import { ofType, type Synthesized } from "../synthesized";
import { readZones, type Zone } from "./zones";

const CHECK = "endpoint services";

/** A VPC endpoint service that the region offers. */
export interface OfferedService {
  readonly name: string;
  /** Names, not ids, of the availability zones in which an interface endpoint can be placed. */
  readonly zoneNames: readonly string[];
}

/** A service for which the stacks create an endpoint. */
export interface NeededService {
  readonly name: string;
  /** Whether its endpoint is an interface endpoint, which has subnets and therefore zones. */
  readonly isInterface: boolean;
}

export function neededServices(synthesized: Synthesized): readonly NeededService[] {
  const needed = new Map(
    ofType(synthesized, "aws_vpc_endpoint").map((endpoint) => {
      const name = text(endpoint, "service_name");
      return [name, { name, isInterface: text(endpoint, "vpc_endpoint_type") === "Interface" }];
    }),
  );
  return [...needed.values()].sort((a, b) => a.name.localeCompare(b.name));
}

export interface ServiceFacts {
  readonly needed: readonly NeededService[];
  readonly offered: readonly OfferedService[];
  readonly zoneIds: readonly string[];
  readonly zones: readonly Zone[];
  readonly region: string;
}

export function serviceFindings(check: string, facts: ServiceFacts): readonly Finding[] {
  const { needed, offered, zoneIds, zones, region } = facts;
  const problems = needed.flatMap(({ name, isInterface }) => {
    const service = offered.find((candidate) => candidate.name === name);
    if (service === undefined)
      return [
        fail(
          check,
          `${region} does not offer ${name}`,
          "take it out of network.additionalEndpoints if it is one of these; else another region is needed",
        ),
      ];
    // The check of the zones reports a zone that the account does not have.
    const without = zones
      .filter(({ id, name: zone }) => zoneIds.includes(id) && !service.zoneNames.includes(zone))
      .map(({ id }) => id);
    if (!isInterface || without.length === 0) return [];
    const elsewhere = zones.filter((zone) => service.zoneNames.includes(zone.name)).map(({ id }) => id);
    return [
      fail(
        check,
        `${name} is not offered in ${without.join(" and ")}`,
        `choose availabilityZoneIds among ${elsewhere.sort().join(", ")}`,
      ),
    ];
  });
  if (problems.length > 0) return problems;
  const looked = zoneIds.filter((id) => zones.some((zone) => zone.id === id));
  return [ok(check, `all ${needed.length} are offered, in ${looked.join(" and ")}`)];
}

async function readServices(settings: AccountClientSettings): Promise<readonly OfferedService[]> {
  const client = new EC2Client(settings);
  const found: OfferedService[] = [];
  let page: string | undefined;
  do {
    // No names and no filters: EC2 refuses the whole call when the region lacks one of the names.
    const command = new DescribeVpcEndpointServicesCommand(page === undefined ? {} : { NextToken: page });
    const { ServiceDetails = [], NextToken } = await client.send(command);
    for (const { ServiceName = "", AvailabilityZones = [] } of ServiceDetails)
      found.push({ name: ServiceName, zoneNames: AvailabilityZones });
    page = NextToken === "" ? undefined : NextToken;
  } while (page !== undefined);
  return found;
}

export function endpointServicesCheck(facts: Facts, read = readServices, zonesOf = readZones): Check {
  return {
    name: CHECK,
    find: async () => {
      const synthesized = await facts.synthesized();
      if (!synthesized.known) return [notChecked(CHECK, synthesized.why)];
      const needed = neededServices(synthesized.value);
      return perAccount(
        CHECK,
        facts,
        async ({ config, settings, check }) => {
          const [offered, zones] = await Promise.all([read(settings), zonesOf(settings)]);
          const { availabilityZoneIds: zoneIds, region } = config;
          return serviceFindings(check, { needed, offered, zoneIds, zones, region });
        },
        ({ sharedServices }) => [sharedServices],
      );
    },
  };
}
