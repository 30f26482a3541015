import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";

import type { AccountClientSettings } from "../../environment/account-client";
import type { Facts } from "../facts";
import { fail, ok, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";

/** An availability zone as an account has it. */
export interface Zone {
  readonly id: string;
  /** The same name can mean different zones in different accounts. */
  readonly name: string;
  /** `available`, `impaired` or another state of EC2's. */
  readonly state: string;
}

/** @param check name of the check, with the account's name */
export function zoneFindings(
  check: string,
  wanted: readonly string[],
  there: readonly Zone[],
): readonly Finding[] {
  const problems = wanted.flatMap((id) => {
    const zone = there.find((candidate) => candidate.id === id);
    if (zone === undefined) {
      const ids = there.map((candidate) => candidate.id).sort();
      return [
        fail(check, `the account has no zone ${id}`, `write two of ${ids.join(", ")} as availabilityZoneIds`),
      ];
    }
    if (zone.state === "available") return [];
    return [
      fail(
        check,
        `zone ${id} is ${zone.state}`,
        "wait, or choose another zone as long as nothing is deployed",
      ),
    ];
  });
  if (problems.length > 0) return problems;
  return [
    ok(check, wanted.map((id) => `${id} is ${there.find((zone) => zone.id === id)?.name ?? ""}`).join(", ")),
  ];
}

export async function readZones(settings: AccountClientSettings): Promise<readonly Zone[]> {
  const { AvailabilityZones = [] } = await new EC2Client(settings).send(
    new DescribeAvailabilityZonesCommand({}),
  );
  return AvailabilityZones.map(({ ZoneId = "", ZoneName = "", State = "unknown" }) => ({
    id: ZoneId,
    name: ZoneName,
    state: State,
  }));
}

export function zonesCheck(facts: Facts, read = readZones): Check {
  const name = "zones";
  return {
    name,
    find: () =>
      perAccount(name, facts, async ({ config, settings, check }) =>
        zoneFindings(check, config.availabilityZoneIds, await read(settings)),
      ),
  };
}
