import { costReport } from "./cost-report";

const COST = {
  monthly: 37.5,
  lines: [
    { stack: "networking", what: "1 Transit Gateway attachment", monthly: 36.5 },
    { stack: "networking", what: "1 hosted zone", monthly: 0.5 },
    { stack: "lob-a", what: "1 hosted zone", monthly: 0.5 },
  ],
  byUse: ["aws_lambda_function"],
  basis: "List prices.",
};

describe("the report of the cost", () => {
  it("has a row per stack, the total, and what is not counted", () => {
    expect(costReport(COST).split("\n")).toEqual([
      "stack       USD/month  of which",
      "networking         37  1 Transit Gateway attachment: 36.50",
      "                       1 hosted zone: 0.50",
      "lob-a               1  1 hosted zone: 0.50",
      "",
      "About 38 US dollars a month, used or not.",
      "Charged by use besides, and not counted: aws_lambda_function.",
      "List prices.",
    ]);
  });
});
