import { findingLines } from "../testing/findings";
import { deleted, resourceOf } from "../testing/plans";
import { manyDestroys } from "./many-destroys";

describe("many-destroys", () => {
  const three = ["a", "b", "c"].map((name) => deleted("aws_route", {}, { address: name }));
  const replaced = resourceOf({ type: "aws_vpc", kind: "replace", before: {}, after: {} });

  it("blocks more deletions than allowed, replacements included", () => {
    expect(findingLines(manyDestroys({ atMost: 3 }), ...three, replaced)).toEqual(["block"]);
    expect(findingLines(manyDestroys({ atMost: 4 }), ...three, replaced)).toEqual([]);
  });
});
