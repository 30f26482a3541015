import { matchingVersions } from "./version-constraint";

const VERSIONS = ["5.99.1", "5.100.0", "6.25.0", "6.3.0", "7.0.0", "7.0.0-beta1", "not-a-version"];

describe("a version constraint", () => {
  it.each([
    [">= 5.100.0, < 7.0.0", ["6.25.0", "6.3.0", "5.100.0"]],
    ["~> 6.3", ["6.25.0", "6.3.0"]],
    ["~> 6.3.0", ["6.3.0"]],
    ["= 5.100.0", ["5.100.0"]],
    ["5.99.1", ["5.99.1"]],
    ["> 6.25.0", ["7.0.0"]],
    ["<= 5.100.0", ["5.100.0", "5.99.1"]],
    ["< 1", []],
  ])("%s matches %j, newest first", (constraint, expected) => {
    expect(matchingVersions(VERSIONS, constraint)).toEqual(expected);
  });

  it("returns a version once, however often the list has it", () => {
    expect(matchingVersions(["5.100.0", "5.100.0"], ">= 5.0")).toEqual(["5.100.0"]);
  });

  it.each(["", "!= 5.0.0", ">= five", ">= 5.0.0 < 6.0.0", ">= 5.0.0,"])(
    "%j is refused as unreadable",
    (constraint) => {
      expect(() => matchingVersions(VERSIONS, constraint)).toThrow("cannot read the version constraint");
    },
  );
});
