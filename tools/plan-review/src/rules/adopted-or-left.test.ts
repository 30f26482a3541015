import { findingLines } from "../testing/findings";
import { resourceOf, updated } from "../testing/plans";
import { adoptedOrLeft } from "./adopted-or-left";

describe("adopted-or-left", () => {
  it("warns of an import and of a resource that leaves the state", () => {
    const imported = updated("aws_iam_role", {}, {}, { importedId: "admin" });
    const left = resourceOf({ type: "aws_kms_key", kind: "forget", before: {} });
    expect(findingLines(adoptedOrLeft, imported, left)).toEqual([
      "warn aws_iam_role.Example",
      "warn aws_kms_key.Example",
    ]);
  });

  it("says nothing of an ordinary change", () => {
    expect(findingLines(adoptedOrLeft, updated("aws_iam_role", {}, {}))).toEqual([]);
  });
});
