import { told } from "../testing/findings";
import { deleted, resourceOf } from "../testing/plans";
import { manyDestroys } from "./many-destroys";

describe("many-destroys", () => {
  const three = ["a", "b", "c"].map((name) => deleted("aws_route", {}, { address: name }));
  const replaced = resourceOf({ type: "aws_vpc", kind: "replace", before: {}, after: {} });

  it("blocks more than so many, replaced ones included", () => {
    expect(told(manyDestroys({ atMost: 3 }), ...three, replaced)).toEqual(["block"]);
    expect(told(manyDestroys({ atMost: 4 }), ...three, replaced)).toEqual([]);
  });
});
