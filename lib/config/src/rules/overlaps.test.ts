import fc from "fast-check";
import { overlaps, split } from "../cidr";
import { describeRules, problemsAfter, sampleLob } from "../testing/sample";
import type { Config } from "../schema";

describeRules("overlaps", [
  [
    "the access VPC inside the hub",
    (config) => {
      config.network.accessCidr = "10.0.128.0/24";
    },
    ["network.accessCidr", /overlaps network\.hubCidr \(10\.0\.0\.0\/16\)/, /a range of its own/],
  ],
  [
    "two LOBs, with a range that is free",
    (config) => {
      config.linesOfBusiness[1]!.cidr = "10.100.128.0/17";
    },
    [
      "linesOfBusiness[1].cidr",
      /overlaps linesOfBusiness\[0\]\.cidr \(10\.100\.0\.0\/16\)/,
      /such as 10\.96\.0\.0\/17/,
    ],
  ],
  [
    "a LOB and a corporate network",
    (config) => {
      config.network.corporateCidrs = ["10.101.64.0/24"];
    },
    ["network.corporateCidrs[0]", /overlaps network\.lobSupernets\[0\]/, /ranges that are apart/],
    ["linesOfBusiness[1].cidr", /overlaps network\.corporateCidrs\[0\]/, /such as/],
  ],
  [
    "a supernet and the hub",
    (config) => {
      config.network.lobSupernets.push("10.0.0.0/12");
    },
    ["network.lobSupernets[1]", /overlaps network\.hubCidr/, /ranges that are apart/],
  ],
  [
    "two supernets",
    (config) => {
      config.network.lobSupernets.push("10.96.0.0/12");
    },
    ["network.lobSupernets[1]", /overlaps network\.lobSupernets\[0\]/, /each once/],
  ],
  [
    "one corporate network twice",
    (config) => {
      config.network.corporateCidrs.push("192.168.10.0/24");
    },
    ["network.corporateCidrs[1]", /overlaps network\.corporateCidrs\[0\]/, /each once/],
  ],
  [
    "one address twice",
    (config) => {
      config.network.corporateCidrs = ["192.168.10.7/32", "192.168.10.7/32"];
    },
    ["network.corporateCidrs[1]", /overlaps network\.corporateCidrs\[0\]/, /each once/],
  ],
  [
    "LOBs of two sizes, with a free range for each",
    (config) => {
      config.network.lobSupernets = ["10.100.0.0/15"];
      config.linesOfBusiness[0]!.cidr = "10.101.0.0/24";
      config.linesOfBusiness[1]!.cidr = "10.101.0.0/20";
      config.linesOfBusiness.push(sampleLob("lob-c", "444444444444", "10.101.0.0/22"));
    },
    ["linesOfBusiness[1].cidr", /overlaps linesOfBusiness\[0\]/, /such as 10\.100\.0\.0\/20/],
    ["linesOfBusiness[2].cidr", /overlaps linesOfBusiness\[0\]/, /such as 10\.100\.0\.0\/22/],
    ["linesOfBusiness[2].cidr", /overlaps linesOfBusiness\[1\]/, /such as 10\.100\.0\.0\/22/],
  ],
  [
    "a LOB outside of the supernets",
    (config) => {
      config.linesOfBusiness[0]!.cidr = "10.128.0.0/16";
    },
    [
      "linesOfBusiness[0].cidr",
      /inside network\.lobSupernets \(10\.96\.0\.0\/11\)/,
      /such as 10\.96\.0\.0\/16/,
    ],
  ],
  [
    "a LOB larger than the supernet, with no room for another",
    (config) => {
      config.network.lobSupernets = ["10.100.0.0/17", "10.101.0.0/16"];
    },
    [
      "linesOfBusiness[0].cidr",
      /inside network\.lobSupernets/,
      /take a free range of network\.lobSupernets, or add/,
    ],
  ],
]);

/** Places for a range that must be apart from all others, and how each is written in a report. */
const SLOTS: readonly (readonly [path: string, put: (config: Config, cidr: string) => void])[] = [
  ["network.hubCidr", (config, cidr) => (config.network.hubCidr = cidr)],
  ["network.accessCidr", (config, cidr) => (config.network.accessCidr = cidr)],
  ["network.corporateCidrs[0]", (config, cidr) => (config.network.corporateCidrs[0] = cidr)],
  ["linesOfBusiness[0].cidr", (config, cidr) => (config.linesOfBusiness[0]!.cidr = cidr)],
  ["linesOfBusiness[1].cidr", (config, cidr) => (config.linesOfBusiness[1]!.cidr = cidr)],
  ["onPremise.cidr", (config, cidr) => (config.onPremise = { cidr })],
];

/** Two different slots, in the order of the file; not the one pair that must overlap. */
const slotPairs = fc
  .uniqueArray(fc.nat(SLOTS.length - 1), { minLength: 2, maxLength: 2 })
  .map((indices) => indices.sort((a, b) => a - b).map((index) => SLOTS[index]!))
  .filter(([a, b]) => a![0] !== "network.corporateCidrs[0]" || b![0] !== "onPremise.cidr");

/** The /16 ranges of 10.0.0.0/8. */
const BLOCKS = split("10.0.0.0/8", 16);

/** A VPC's range somewhere in 10.0.0.0/8. */
const vpcs = fc
  .tuple(fc.constantFrom(...BLOCKS), fc.integer({ min: 16, max: 24 }), fc.nat())
  .map(([block, prefix, pick]) => {
    const parts = split(block, prefix);
    return parts[pick % parts.length]!;
  });

describe("two ranges that overlap", () => {
  it("are always reported, with both places", () => {
    const parts = fc.tuple(vpcs, fc.integer({ min: 16, max: 24 }), fc.nat()).map(([whole, prefix, pick]) => {
      const inner = split(whole, Math.max(prefix, Number(whole.split("/")[1])));
      return [whole, inner[pick % inner.length]!] as const;
    });
    fc.assert(
      fc.property(slotPairs, parts, fc.boolean(), ([earlier, later], [whole, part], swap) => {
        const problems = problemsAfter((config) => {
          earlier![1](config, swap ? part : whole);
          later![1](config, swap ? whole : part);
        });
        const report = problems.filter(
          ({ path, rule }) => path === later![0] && rule.includes(`overlaps ${earlier![0]} `),
        );
        expect(report).toHaveLength(1);
      }),
    );
  });
});

describe("a plan whose ranges are apart", () => {
  it("is never reported", () => {
    const lobs = fc.uniqueArray(fc.constantFrom(...split("10.96.0.0/11", 20)), { maxLength: 40 });
    const others = fc.uniqueArray(fc.constantFrom(...BLOCKS.slice(0, 96)), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(lobs, others, (lobCidrs, [hub, access, ...corporate]) => {
        const problems = problemsAfter((config) => {
          Object.assign(config.network, { hubCidr: hub, accessCidr: access, corporateCidrs: corporate });
          config.linesOfBusiness = lobCidrs.map((cidr, i) =>
            sampleLob(`lob-${i}`, `${222222222222 + i}`, cidr),
          );
        });
        const atLeastOneLob = lobCidrs.length === 0 ? ["linesOfBusiness"] : [];
        expect(problems.map(({ path }) => path)).toEqual(atLeastOneLob);
      }),
    );
  });
});

describe("any number of ranges", () => {
  it("gets a report for each pair that overlaps, and for no other", () => {
    const crowded = fc
      .tuple(fc.integer({ min: 16, max: 22 }), fc.nat())
      .map(([prefix, pick]) => split("10.100.0.0/15", prefix)[pick % 2 ** (prefix - 15)]!);
    fc.assert(
      fc.property(fc.array(crowded, { minLength: 1, maxLength: 12 }), (cidrs) => {
        const problems = problemsAfter((config) => {
          config.linesOfBusiness = cidrs.map((cidr, i) => sampleLob(`lob-${i}`, `${222222222222 + i}`, cidr));
        });
        const expected = cidrs.flatMap((later, i) =>
          cidrs
            .slice(0, i)
            .flatMap((earlier, j) => (overlaps(earlier, later) ? [`linesOfBusiness[${i}].cidr ${j}`] : [])),
        );
        const found = problems.map(
          ({ path, rule }) => `${path} ${/overlaps linesOfBusiness\[(\d+)\]/.exec(rule)?.[1]}`,
        );
        expect(found).toEqual(expected);
      }),
    );
  });
});
