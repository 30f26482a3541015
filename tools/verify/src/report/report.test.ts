import { drop } from "../testing/mutations/mutation";
import { sampleConfig, sampleState } from "../testing/sample";
import { verify } from "../verify";
import { jsonReport } from "./json";
import { shortId } from "./short-id";
import { terminalReport } from "./terminal";

const green = verify(sampleState(), sampleConfig);
const red = verify(drop("lob-a", "aws_route")(sampleState()), sampleConfig);

describe("the terminal's report", () => {
  it("says that all cells are as expected, with their number", () => {
    expect(terminalReport(green)).toMatch(/local: all \d+ cells are as the config calls for\n$/);
  });

  it("says how many attributes were judged, and how many were not", () => {
    const [, modelled, fixed, free] =
      /^Attributes with a value: (\d+) modelled, (\d+) fixed, (\d+) free$/m.exec(terminalReport(green)) ?? [];
    expect(Math.min(Number(modelled), Number(fixed), Number(free))).toBeGreaterThan(0);
    expect(Number(fixed)).toBeGreaterThan(Number(modelled));
  });

  it("names every surprise with what was expected and why", () => {
    expect(terminalReport(red)).toContain(
      "✗ reach: lob-a → sts: refused, expected endpoint networking/sts (",
    );
  });
});

describe("the JSON report", () => {
  it("holds every cell, and whether the verification passed", () => {
    const report = JSON.parse(jsonReport(red)) as {
      passed: boolean;
      attributes: object;
      matrices: { cells: object[] }[];
    };
    expect(report.passed).toBe(false);
    expect(Object.keys(report.attributes)).toEqual(["modelled", "fixed", "free"]);
    expect(report.matrices[0]?.cells[0]).toMatchObject({
      row: "networking",
      column: "sagemaker-api",
      surprise: false,
    });
  });
});

describe("a short id", () => {
  it("is a role's name with its account", () => {
    expect(shortId("arn:aws:iam::111111111111:role/studio-access/local/presign as alice")).toBe(
      "presign (111111111111) as alice",
    );
    expect(shortId("lob-a")).toBe("lob-a");
  });
});
