import { lobsOf, placed, type Draft, type Placed } from "../draft";
import { renderPath } from "../path";
import { problem } from "../problem";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

/** Lists of which each entry becomes a resource of its own, or that AWS takes without repeats only. */
function listsOf(draft: Draft): Placed<string>[][] {
  const { network, identity, access } = draft;
  const rules = placed(network?.resolver?.outboundRules, ["network", "resolver", "outboundRules"]);
  const callbackUrls =
    identity !== undefined && "callbackUrls" in identity ? identity.callbackUrls : undefined;
  return [
    placed(network?.additionalEndpoints, ["network", "additionalEndpoints"]),
    rules.flatMap(({ value: { domain }, path }) =>
      domain === undefined ? [] : [{ value: domain, path: [...path, "domain"] }],
    ),
    placed(network?.dnsFirewall?.allowedDomains, ["network", "dnsFirewall", "allowedDomains"]),
    ...rules.map(({ value, path }) => placed(value.targetIps, [...path, "targetIps"])),
    placed(network?.readableBuckets, ["network", "readableBuckets"]),
    placed(callbackUrls, ["identity", "callbackUrls"]),
    placed(access?.portal?.scopes, ["access", "portal", "scopes"]),
    ...lobsOf(draft).flatMap(({ lob, path }) => [
      placed(lob.executionPolicyArns, [...path, "executionPolicyArns"]),
      placed(lob.instanceTypes, [...path, "instanceTypes"]),
    ]),
  ];
}

const noRepeats: Rule = (draft) =>
  listsOf(draft)
    .flatMap((list) => repeatsOf(list, (value) => value))
    .map(({ first, again }) =>
      problem(
        again.path,
        again.value,
        `stands in ${renderPath(first.path)} already`,
        "remove one of the two",
      ),
    );

export const listRules: readonly Rule[] = [noRepeats];
