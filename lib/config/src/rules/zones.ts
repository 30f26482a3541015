import { placed } from "../draft";
import { renderPath } from "../path";
import { problem } from "../problem";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

const DIRECTIONS: Readonly<Record<string, string>> = {
  north: "n",
  northeast: "ne",
  northwest: "nw",
  south: "s",
  southeast: "se",
  southwest: "sw",
  east: "e",
  west: "w",
  central: "c",
};

/**
 * How the ids of a region's availability zones begin: `euw1` for eu-west-1, `apne1` for ap-northeast-1.
 *
 * AWS documents ids by a table, not by a rule, but every region of the aws partition follows this one. Undefined for
 * names that are formed otherwise.
 *
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export function zonePrefix(region: string): string | undefined {
  const [, area, direction = "", number] = /^([a-z]{2})-([a-z]+)-(\d)$/.exec(region) ?? [];
  const letters = DIRECTIONS[direction];
  return area === undefined || number === undefined || letters === undefined
    ? undefined
    : area + letters + number;
}

const zonesApart: Rule = (draft) =>
  repeatsOf(placed(draft.availabilityZoneIds, ["availabilityZoneIds"]), (id) => id).map(({ first, again }) =>
    problem(
      again.path,
      again.value,
      `the two zones must differ: this is ${renderPath(first.path)} again`,
      "choose another zone, so that the loss of one leaves the other",
    ),
  );

const zonesInRegion: Rule = ({ region, availabilityZoneIds }) => {
  const prefix = region === undefined ? undefined : zonePrefix(region);
  if (region === undefined || prefix === undefined) return [];
  return placed(availabilityZoneIds, ["availabilityZoneIds"])
    .filter(({ value }) => /^[a-z]+\d-az\d$/.test(value) && !value.startsWith(`${prefix}-`))
    .map(({ value, path }) =>
      problem(
        path,
        value,
        `zones of ${region} begin with ${prefix}-az`,
        `write a zone such as ${prefix}-az1, or correct region`,
      ),
    );
};

export const zoneRules: readonly Rule[] = [zonesApart, zonesInRegion];
