import type { ResourceChange } from "../model";
import { findingOf, written } from "./changes";
import type { Rule } from "./rule";

const EVERYWHERE = /^(0\.0\.0\.0|::|0:0:0:0:0:0:0:0)\/0$|^\d{1,3}(\.\d{1,3}){3}\/[0-7]$/;

/**
 * Ranges that include most of the internet, with their places, as texts such as `ingress.0.cidr_blocks.0 0.0.0.0/0`.
 */
function everywhereIn(value: unknown, path: readonly (string | number)[] = []): readonly string[] {
  if (typeof value === "string") return EVERYWHERE.test(value) ? [`${path.join(".")} ${value}`] : [];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => everywhereIn(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => everywhereIn(item, [...path, key]));
}

/** Compared without list positions: a rule that only moved in its list is not new. */
function placeless(found: string): string {
  return found.replace(/\.\d+(?=[. ])/g, "");
}

function count(values: readonly string[], wanted: string): number {
  return values.filter((value) => placeless(value) === wanted).length;
}

function newlyOpen({ before, after }: ResourceChange): readonly string[] {
  const old = everywhereIn(before);
  const now = everywhereIn(after);
  return now.filter((found) => count(now, placeless(found)) > count(old, placeless(found)));
}

/** In the simulated corporate network, clients reach the internet as corporate clients do. */
function isCorporateWayOut({ stack, type }: ResourceChange): boolean {
  return stack === "on-premise" && (type === "aws_route" || type === "aws_vpc_security_group_egress_rule");
}

const PORTS = ["from_port", "to_port", "ip_protocol", "protocol", "type"];

/** A rule that was open for one port and is now open for another. */
function opensOtherPorts({ before, after }: ResourceChange): boolean {
  return before !== null && PORTS.some((name) => before[name] !== after?.[name]);
}

/** Reports ranges that include the internet. */
export const openToWorld: Rule = {
  name: "open-to-world",
  severity: "block",
  description:
    "Opens a security group, route, network ACL or anything else to 0.0.0.0/0, ::/0 or a range nearly as wide.",
  check: (context) =>
    written(context)
      .filter((resource) => !isCorporateWayOut(resource))
      .flatMap((resource) => {
        const found = opensOtherPorts(resource) ? everywhereIn(resource.after) : newlyOpen(resource);
        if (found.length === 0) return [];
        return [
          findingOf("open-to-world", "block", resource, {
            message: `${resource.type} would take in the whole internet. Nothing here has a way in from there, or needs one out.`,
            details: found,
            remedy: "Name the ranges of the networks that are meant.",
          }),
        ];
      }),
};
