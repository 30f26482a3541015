import { describeRules, sampleLob, type RuleCase } from "../testing/sample";

type ZoneSharing = "associations" | "both" | "profile" | undefined;

/** So many lines of business, each with a place of its own, and a way to share zones. */
function sharedWith(lobs: number, zoneSharing: ZoneSharing, ...expected: RuleCase[2][]): RuleCase {
  return [
    `${lobs} lines of business, ${zoneSharing ?? "left out"}`,
    (config) => {
      config.organizationId = "o-exampleorg1";
      config.network.lobSupernets = ["10.128.0.0/9"];
      config.linesOfBusiness = Array.from({ length: lobs }, (_, index) =>
        sampleLob(
          `lob-${index}`,
          String(600_000_000_000 + index),
          `10.${128 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
          [`user-${index}`],
        ),
      );
      if (zoneSharing !== undefined) config.network.zoneSharing = zoneSharing;
    },
    ...expected,
  ];
}

const past: RuleCase[2] = ["network.zoneSharing", /at most 300 VPCs .* 299 lines of business/, /"profile"/];

describeRules("zones that many VPCs share", [
  sharedWith(298, undefined),
  sharedWith(299, undefined, past),
  sharedWith(299, "associations", past),
  sharedWith(299, "both", past),
  sharedWith(500, "profile"),
]);
