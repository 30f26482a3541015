import fc from "fast-check";

import { fitted, type Part } from "./fitting";

const detail: Part = { forms: ["d".repeat(100), "d"], stages: [1] };
const finding: Part = { forms: ["f".repeat(100), ""], stages: [9] };

describe("fitting", () => {
  it("shortens nothing where all fits", () => {
    expect(fitted([detail, finding], 1000)).toEqual({
      texts: [detail.forms[0], finding.forms[0]],
      shortened: 0,
    });
  });

  it("leaves out the least important parts first, and no more than necessary", () => {
    expect(fitted([finding, detail], 150)).toEqual({ texts: [finding.forms[0], "d"], shortened: 1 });
  });

  it("makes no text that is left out", () => {
    const made: string[] = [];
    const parts = Array.from({ length: 100 }, (_, index): Part => {
      const full = (): string => {
        made.push(`part ${index}`);
        return "x".repeat(100);
      };
      return { forms: [full, "x", ""], stages: [1, 2] };
    });
    expect(fitted(parts, 1000).shortened).toBeGreaterThan(90);
    expect(made.length).toBeLessThan(10);
  });

  it("leaves out the most important parts as well where there is no other way", () => {
    expect(fitted([finding, detail], 10)).toEqual({ texts: ["", "d"], shortened: 2 });
  });

  it("never takes more room than there is, when every part may go", () => {
    const part = fc.tuple(fc.nat(50), fc.nat(500), fc.nat(9)).map(([short, more, stage]): Part => ({
      forms: ["x".repeat(short + more), "x".repeat(short), ""],
      stages: [stage, stage + 10],
    }));
    fc.assert(
      fc.property(fc.array(part), fc.nat(5000), (parts, more) => {
        const room = parts.length * 2 + more;
        const { texts } = fitted(parts, room);
        expect(texts.join("\n\n").length).toBeLessThanOrEqual(room);
      }),
    );
  });
});
