import { findingsOf, findingLines } from "../testing/findings";
import { created, updated } from "../testing/plans";
import { functionCode } from "./function-code";

const TYPE = "aws_lambda_function";
const authorizer = {
  source_code_hash: "a",
  handler: "index.handler",
  environment: [{ variables: { ISSUER: "x" } }],
};

describe("function-code", () => {
  it("notes changed code", () => {
    expect(
      findingLines(functionCode, updated(TYPE, authorizer, { ...authorizer, source_code_hash: "b" })),
    ).toEqual([`note ${TYPE}.Example`]);
  });

  it("warns of changed settings, and names variables without their values", () => {
    const after = { ...authorizer, environment: [{ variables: { ISSUER: "elsewhere", NODE_OPTIONS: "x" } }] };
    const [finding] = findingsOf(functionCode, updated(TYPE, authorizer, after));
    expect(finding).toMatchObject({
      severity: "warn",
      details: ["the variable ISSUER", "the variable NODE_OPTIONS"],
    });
    expect(JSON.stringify(finding)).not.toContain("elsewhere");
    expect(
      findingLines(functionCode, updated(TYPE, authorizer, { ...authorizer, layers: ["arn"] })),
    ).toHaveLength(1);
  });

  it("says nothing of a new function, nor of its memory", () => {
    const memory = updated(TYPE, authorizer, { ...authorizer, memory_size: 512 });
    expect(findingLines(functionCode, created(TYPE, authorizer), memory)).toEqual([]);
  });
});
