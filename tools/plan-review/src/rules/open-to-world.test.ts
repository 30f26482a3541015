import { findingsOf, findingLines } from "../testing/findings";
import { contextOf, created, planOf, updated } from "../testing/plans";
import { openToWorld } from "./open-to-world";

const RULE = "aws_vpc_security_group_ingress_rule";

describe("open-to-world", () => {
  it.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1"])("blocks a new rule for %s", (range) => {
    expect(findingLines(openToWorld, created(RULE, { cidr_ipv4: range }))).toEqual([`block ${RULE}.Example`]);
  });

  it("finds a range in a list of a block, and says where", () => {
    const before = { ingress: [{ cidr_blocks: ["10.0.0.0/8"] }] };
    const after = { ingress: [{ cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] }] };
    expect(findingsOf(openToWorld, updated("aws_security_group", before, after))[0]?.details).toEqual([
      "ingress.0.cidr_blocks.1 0.0.0.0/0",
    ]);
  });

  it("accepts a rule that was open before, but not when its ports change", () => {
    const open = { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 };
    expect(findingLines(openToWorld, updated(RULE, open, { ...open, description: "new" }))).toEqual([]);
    expect(findingLines(openToWorld, updated(RULE, open, { ...open, to_port: 65535 }))).toHaveLength(1);
  });

  it("accepts private ranges", () => {
    expect(findingLines(openToWorld, created(RULE, { cidr_ipv4: "10.0.0.0/8" }))).toEqual([]);
  });

  it("lets the simulated corporate network out, and nobody in", () => {
    const out = created("aws_vpc_security_group_egress_rule", { cidr_ipv4: "0.0.0.0/0" });
    const into = created(RULE, { cidr_ipv4: "0.0.0.0/0" });
    const context = contextOf(planOf("on-premise", [out, into]));
    expect(openToWorld.check(context).map(({ address }) => address)).toEqual([`${RULE}.Example`]);
  });
});
