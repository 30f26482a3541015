import { contextOf, created, planOf, resourceOf, updated } from "../testing/plans";
import { findingLines } from "../testing/findings";
import { spokeToSpoke } from "./spoke-to-spoke";

const PROPAGATION = "aws_ec2_transit_gateway_route_table_propagation";
const ASSOCIATION = "aws_ec2_transit_gateway_route_table_association";

function place(table: string, attachment = "tgw-attach-1"): Record<string, unknown> {
  return { transit_gateway_route_table_id: table, transit_gateway_attachment_id: attachment };
}

const associated = resourceOf({
  type: ASSOCIATION,
  kind: "no-op",
  before: place("spokes"),
  after: place("spokes"),
});

describe("spoke-to-spoke", () => {
  it("blocks a propagation into the table that spokes are in", () => {
    expect(findingLines(spokeToSpoke, associated, created(PROPAGATION, place("spokes")))).toEqual([
      `block ${PROPAGATION}.Example`,
    ]);
  });

  it("knows the table from another stack, too", () => {
    const context = contextOf(
      planOf("lob-a", [associated]),
      planOf("networking", [
        resourceOf({
          type: "aws_ec2_transit_gateway_vpc_attachment",
          kind: "no-op",
          before: { id: "tgw-attach-hub" },
          after: { id: "tgw-attach-hub" },
        }),
        created(PROPAGATION, place("spokes", "tgw-attach-hub"), { address: "hub" }),
        created(PROPAGATION, place("spokes", "tgw-attach-9"), { address: "stranger" }),
      ]),
    );
    expect(spokeToSpoke.check(context).map(({ address }) => address)).toEqual(["stranger"]);
  });

  it("lets a spoke propagate into the hub's table", () => {
    expect(findingLines(spokeToSpoke, associated, created(PROPAGATION, place("hub")))).toEqual([]);
  });

  it("blocks a default table", () => {
    const off = { default_route_table_propagation: "disable" };
    const on = { default_route_table_propagation: "enable" };
    expect(findingLines(spokeToSpoke, updated("aws_ec2_transit_gateway", off, on))).toHaveLength(1);
    expect(findingLines(spokeToSpoke, updated("aws_ec2_transit_gateway", on, off))).toEqual([]);
  });

  it.each(["aws_ec2_transit_gateway_route", "aws_vpc_peering_connection", "aws_internet_gateway"])(
    "blocks a new %s outside the simulated corporate network",
    (type) => {
      expect(findingLines(spokeToSpoke, created(type, {}))).toEqual([`block ${type}.Example`]);
      expect(spokeToSpoke.check(contextOf(planOf("on-premise", [created(type, {})])))).toEqual([]);
    },
  );

  it("accepts a blackhole route", () => {
    expect(findingLines(spokeToSpoke, created("aws_ec2_transit_gateway_route", { blackhole: true }))).toEqual(
      [],
    );
  });
});
