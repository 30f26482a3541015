import fc from "fast-check";
import { canonical, contains, freeRange, overlaps, prefixLength, span, split, subnetPlan } from "./cidr";

/** Any range of a prefix length between the two, without host bits. */
function cidrs(shortest: number, longest: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.nat(0xffffff), fc.integer({ min: shortest, max: longest }))
    .map(([first, rest, prefix]) => {
      const octets = [first, rest >>> 16, (rest >>> 8) & 255, rest & 255];
      return canonical(`${octets.join(".")}/${prefix}`);
    });
}

/** A range and a prefix length up to eight bits longer. */
const splits = cidrs(0, 30).chain((cidr) =>
  fc.tuple(
    fc.constant(cidr),
    fc.integer({ min: prefixLength(cidr), max: Math.min(32, prefixLength(cidr) + 8) }),
  ),
);

describe("ranges", () => {
  it.each([
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.255.0/24", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["10.0.0.0/16", "10.0.0.0/8", true],
    ["0.0.0.0/0", "255.255.255.255/32", true],
  ])("%s and %s overlap: %s", (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });

  it("overlap each other or neither", () => {
    fc.assert(fc.property(cidrs(0, 32), cidrs(0, 32), (a, b) => overlaps(a, b) === overlaps(b, a)));
  });

  it("overlap exactly when their first and last addresses say so", () => {
    fc.assert(
      fc.property(cidrs(0, 12), cidrs(0, 12), (a, b) => {
        const [x, y] = [span(a), span(b)];
        expect(overlaps(a, b)).toBe(x.first <= y.last && y.first <= x.last);
      }),
    );
  });

  it("lose their host bits when made canonical", () => {
    expect(canonical("10.100.3.7/16")).toBe("10.100.0.0/16");
  });
});

describe("split", () => {
  it("cuts into parts that stay inside, do not overlap and leave nothing out", () => {
    fc.assert(
      fc.property(splits, ([cidr, prefix]) => {
        const parts = split(cidr, prefix).map(span);
        const whole = span(cidr);
        // One begins where the one before ended: so they are apart, and cover the whole.
        expect(parts[0]?.first).toBe(whole.first);
        expect(parts.at(-1)?.last).toBe(whole.last);
        parts.slice(1).forEach((part, index) => {
          expect(part.first).toBe(parts[index]!.last + 1);
        });
      }),
    );
  });

  it("cuts into parts that the range contains", () => {
    fc.assert(
      fc.property(splits, ([cidr, prefix]) => {
        expect(split(cidr, prefix).every((part) => contains(cidr, part))).toBe(true);
      }),
    );
  });

  it("makes only as many parts as are asked for", () => {
    expect(split("10.0.0.0/8", 28, 2)).toEqual(["10.0.0.0/28", "10.0.0.16/28"]);
  });

  it.each([15, 33])("refuses a /16 in parts of /%d", (prefix) => {
    expect(() => split("10.0.0.0/16", prefix)).toThrow(RangeError);
  });
});

describe("subnetPlan", () => {
  it("gives the first two quarters to private subnets and the next two /28 to the attachment", () => {
    expect(subnetPlan("10.100.0.0/16")).toEqual({
      private: ["10.100.0.0/18", "10.100.64.0/18"],
      attachment: ["10.100.128.0/28", "10.100.128.16/28"],
    });
  });

  it("keeps all four subnets apart and inside, for every size of VPC that the config takes", () => {
    fc.assert(
      fc.property(cidrs(16, 24), (vpc) => {
        const plan = subnetPlan(vpc);
        const subnets = [...plan.private, ...plan.attachment];
        expect(subnets.every((subnet) => contains(vpc, subnet))).toBe(true);
        expect(subnets.flatMap((a, i) => subnets.slice(i + 1).filter((b) => overlaps(a, b)))).toEqual([]);
      }),
    );
  });

  it.each(["10.0.0.0/26", "10.0.0.0/27", "10.0.0.0/30", "10.0.0.0/32"])(
    "refuses %s, which is too small",
    (vpc) => {
      expect(() => subnetPlan(vpc)).toThrow(RangeError);
    },
  );
});

describe("freeRange", () => {
  it("finds the first gap", () => {
    expect(freeRange(["10.96.0.0/11"], 16, ["10.96.0.0/16", "10.97.128.0/17"])).toBe("10.98.0.0/16");
  });

  it("goes on to the next space when one is full", () => {
    expect(freeRange(["10.96.0.0/16", "10.112.0.0/16"], 16, ["10.96.4.0/24"])).toBe("10.112.0.0/16");
  });

  it("finds nothing where nothing is free, or the space is smaller", () => {
    expect(freeRange(["10.96.0.0/16"], 17, ["10.0.0.0/8"])).toBeUndefined();
    expect(freeRange(["10.96.0.0/20"], 16, [])).toBeUndefined();
  });

  it("finds a range that is inside a space and overlaps nothing taken", () => {
    const taken = fc
      .array(
        cidrs(2, 24).map((cidr) => cidr.replace(/^\d+/, "10")),
        { maxLength: 8 },
      )
      .map((list) => list.map(canonical));
    fc.assert(
      fc.property(taken, fc.integer({ min: 16, max: 24 }), (others, prefix) => {
        const free = freeRange(["10.0.0.0/12"], prefix, others);
        const candidates = split("10.0.0.0/12", prefix);
        const expected = candidates.find((candidate) => !others.some((other) => overlaps(candidate, other)));
        expect(free).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});
