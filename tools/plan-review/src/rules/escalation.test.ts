import { findingLines } from "../testing/findings";
import { created, updated } from "../testing/plans";
import { escalation } from "./escalation";

function rolePolicy(Action: string | readonly string[]): Record<string, unknown> {
  const statement = { Effect: "Allow", Action, Resource: "*" };
  return { role: "new", policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
}

describe("escalation", () => {
  it.each(["*", "iam:*", "iam:PutRolePolicy", "lambda:Update*"])("warns of %s in a new policy", (action) => {
    expect(findingLines(escalation, created("aws_iam_role_policy", rolePolicy(action)))).toEqual([
      "warn aws_iam_role_policy.Example",
    ]);
  });

  it("accepts other actions, and policies that were there before", () => {
    expect(
      findingLines(escalation, created("aws_iam_role_policy", rolePolicy(["iam:GetRole", "lambda:Invoke*"]))),
    ).toEqual([]);
    const more = updated("aws_iam_role_policy", rolePolicy("iam:*"), rolePolicy(["iam:*", "s3:*"]));
    expect(findingLines(escalation, more)).toEqual([]);
  });
});
