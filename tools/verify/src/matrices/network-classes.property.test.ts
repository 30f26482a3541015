import { NO_FACTS, type NetworkFacts, type RouteFact } from "@studio-access/network";
import fc from "fast-check";

import { compare } from "./compare";
import type { Expected, Matrix } from "./matrix";
import { networksMatrix, transitMatrix } from "./network-matrices";

/** A hub, and spokes of which each has one subnet with a route table, and one with the VPC's main table. */
const SPOKES = [0, 1, 2, 3, 4];
const TABLES = ["tgw-rtb-hub", "tgw-rtb-spokes"] as const;

function cidrOf(spoke: number): string {
  return `10.${spoke}.0.0/16`;
}

const targets = ["tgw-1", "tgw-1", "tgw-2", "pcx-1", "pcx-2", "local", "nat-1", "eni-1"];
const destinations = [
  "10.0.0.0/8",
  "10.0.0.0/14",
  "10.2.0.0/15",
  "10.1.0.0/24",
  "0.0.0.0/0",
  "::/0",
  "pl-own",
  "pl-other",
  "pl-unknown",
  ...SPOKES.map(cidrOf),
];

const route = fc.record<RouteFact>({
  destination: fc.constantFrom(...destinations),
  target: fc.constantFrom(...targets),
  blackhole: fc.constantFrom(false, false, false, true),
});

const spoke = fc.record({
  routes: fc.option(fc.array(route, { maxLength: 2 }), { freq: 2, nil: undefined }),
  cidr: fc.option(fc.constantFrom(0, 1, 2), { freq: 12, nil: undefined }),
  state: fc.constantFrom("available", "available", "available", "available", "pendingAcceptance"),
  gateway: fc.constantFrom("tgw-1", "tgw-1", "tgw-1", "tgw-2", undefined),
  zones: fc.constantFrom(["a", "b"], ["a", "b"], ["a", "b"], ["a"], []),
  associated: fc.constantFrom("tgw-rtb-spokes", "tgw-rtb-spokes", "tgw-rtb-spokes", "tgw-rtb-hub", undefined),
  propagated: fc.constantFrom<readonly string[]>(["tgw-rtb-hub"], ["tgw-rtb-hub"], [], TABLES),
  closedAcl: fc.integer({ min: 0, max: 12 }).map((number) => number === 0),
  endpoint: fc.boolean(),
});

const world = fc.record({
  shared: fc.array(route, { maxLength: 3 }),
  usual: spoke,
  others: fc.array(fc.tuple(fc.constantFrom(...SPOKES), spoke), { maxLength: 2 }),
  peerings: fc.array(
    fc.record({
      between: fc.tuple(fc.constantFrom(...SPOKES), fc.constantFrom(...SPOKES)),
      active: fc.boolean(),
    }),
    { maxLength: 1 },
  ),
  transit: fc.array(
    fc.record({
      table: fc.constantFrom(...TABLES),
      cidr: fc.constantFrom("10.0.0.0/8", "10.0.0.0/14", ...SPOKES.map(cidrOf)),
      to: fc.constantFrom(...SPOKES, undefined),
    }),
    { maxLength: 2 },
  ),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function factsOf({ shared, usual, others, peerings, transit }: World): NetworkFacts {
  const spokes = SPOKES.map((number) => new Map(others).get(number) ?? { ...usual, cidr: undefined });
  const numbered = spokes.map((one, number) => ({ ...one, number, vpc: `vpc-${number}` }));
  const cidr = (number: number): string => cidrOf(spokes[number]?.cidr ?? number);
  const attached = numbered.flatMap((one) =>
    one.gateway === undefined ? [] : [{ ...one, gateway: one.gateway }],
  );
  return {
    ...NO_FACTS,
    region: "eu-west-1",
    vpcs: numbered.map(({ vpc, number }) => ({
      account: "111111111111",
      vpcId: vpc,
      cidrs: [cidr(number)],
      stack: `spoke-${number}`,
    })),
    subnets: numbered.flatMap(({ vpc, number }) =>
      ["a", "b"].map((zone, index) => ({
        subnetId: `subnet-${number}-${zone}`,
        vpcId: vpc,
        cidr: cidr(number).replace("0.0/16", `${index}.0/24`),
        zone,
      })),
    ),
    routeTables: numbered.map(({ vpc, number, routes = shared, endpoint }) => ({
      routeTableId: `rtb-${number}`,
      vpcId: vpc,
      main: number % 2 === 0,
      subnetIds: [`subnet-${number}-a`],
      routes: [
        { destination: cidr(number), target: "local", blackhole: false },
        ...routes,
        ...(endpoint ? [{ destination: "pl-s3", target: `vpce-${number}`, blackhole: false }] : []),
      ],
    })),
    prefixLists: [
      { prefixListId: "pl-own", name: "own", cidrs: ["10.0.0.0/15", "10.3.0.0/16"] },
      { prefixListId: "pl-other", name: "other", cidrs: ["10.0.0.0/15"] },
    ],
    peerings: peerings.map(({ between, active }, index) => ({
      peeringId: `pcx-${index + 1}`,
      active,
      vpcIds: between.map((number) => `vpc-${number}`),
    })),
    attachments: attached.map(({ gateway, vpc, number, state, zones }) => ({
      attachmentId: `tgw-attach-${number}`,
      transitGatewayId: gateway,
      vpcId: vpc,
      state,
      subnetIds: zones.map((zone) => `subnet-${number}-${zone}`),
    })),
    transitRouteTables: TABLES.map((table) => ({
      routeTableId: table,
      transitGatewayId: "tgw-1",
      associated: attached
        .filter(({ associated }) => associated === table)
        .map(({ number }) => `tgw-attach-${number}`),
      propagated: attached
        .filter(({ propagated }) => propagated.includes(table))
        .map(({ number }) => `tgw-attach-${number}`),
      routes: transit
        .filter((each) => each.table === table)
        .map(({ cidr: block, to }) => ({
          cidr: block,
          attachmentId: to === undefined ? undefined : `tgw-attach-${to}`,
        })),
    })),
    networkAcls: numbered
      .filter(({ closedAcl }) => closedAcl)
      .map(({ number }) => ({
        aclId: `acl-${number}`,
        subnetIds: [`subnet-${number}-b`],
        rules: [],
      })),
  };
}

function outcomes(matrix: Matrix): {
  readonly outcomes: ReadonlyMap<string, string>;
  readonly saved: boolean;
} {
  const { rows, columns, name } = matrix;
  const nothing: Expected = { name, rows, columns, outcome: () => "", special: () => [] };
  const { cells, workedOut, cellCount } = compare(matrix, nothing, { maxCells: 1000 });
  return {
    outcomes: new Map(cells.map(({ row, column, outcome }) => [`${row} | ${column}`, outcome])),
    saved: workedOut < cellCount,
  };
}

describe("networks that no route tells apart", () => {
  it("have the outcomes of every single one of them, whatever the routes are", () => {
    const seen = new Set<string>();
    let classed = 0;
    fc.assert(
      fc.property(world, (one) => {
        const facts = factsOf(one);
        for (const matrix of [networksMatrix({ facts }), transitMatrix({ facts })]) {
          const single = outcomes({ ...matrix, classes: undefined });
          const byClass = outcomes(matrix);
          expect(byClass.outcomes).toEqual(single.outcomes);
          if (byClass.saved) {
            classed++;
            for (const outcome of byClass.outcomes.values()) seen.add(`${matrix.name}: ${outcome}`);
          }
        }
      }),
      // With a seed, since every outcome has to come up.
      { numRuns: 500, seed: 4 },
    );
    expect(classed).toBeGreaterThan(200);
    expect([...seen].sort()).toEqual([
      ...["itself", "one way", "reached", "refused", "unknown"].map((outcome) => `networks: ${outcome}`),
      ...["apart", "itself", "joined"].map((outcome) => `transit: ${outcome}`),
    ]);
  });
});
