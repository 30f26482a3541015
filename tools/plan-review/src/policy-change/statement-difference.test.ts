import fc from "fast-check";
import { statementDifference } from "./statement-difference";

const presign = {
  Sid: "Presign",
  Effect: "Allow",
  Action: "sagemaker:CreatePresignedDomainUrl",
  Resource: ["arn:aws:sagemaker:eu-west-1:111111111111:user-profile/d-abc/alice"],
  Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } },
};
const logs = { Effect: "Allow", Action: ["logs:PutLogEvents", "logs:CreateLogStream"], Resource: "*" };

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

describe("statementDifference", () => {
  it("finds nothing between two spellings of one policy", () => {
    const respelt = { ...presign, Action: [presign.Action], Sid: "Other", Resource: presign.Resource[0] };
    const reordered = { ...logs, Action: [...logs.Action].reverse() };
    expect(statementDifference(policy(presign, logs), policy(reordered, respelt))).toEqual({
      added: [],
      removed: [],
      changed: [],
      unchanged: 2,
    });
  });

  it("lists the added and removed values of each field of a statement", () => {
    const changed = { ...presign, Condition: { StringEquals: { "aws:SourceVpce": ["vpce-2", "vpce-3"] } } };
    const difference = statementDifference(policy(presign), { Statement: changed });
    expect(difference?.changed[0]?.fields).toEqual([
      { field: "Condition StringEquals aws:SourceVpce", added: ["vpce-3"], removed: ["vpce-1"] },
    ]);
  });

  it("reads a Principal by type, and a change of Effect as one of a field", () => {
    const before = { Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" };
    const after = { ...before, Effect: "Deny", Principal: { AWS: ["111111111111", "222222222222"] } };
    expect(statementDifference({ Statement: before }, { Statement: [after] })?.changed[0]?.fields).toEqual([
      { field: "Effect", added: ["Deny"], removed: ["Allow"] },
      { field: "Principal AWS", added: ["222222222222"], removed: [] },
    ]);
  });

  it("pairs statements without a Sid that are much alike", () => {
    const more = { ...logs, Action: [...logs.Action, "logs:DescribeLogStreams"] };
    const difference = statementDifference(policy(presign, logs), policy(presign, more));
    expect(difference).toMatchObject({ added: [], removed: [], unchanged: 1 });
    expect(difference?.changed[0]).toMatchObject({ before: { label: "statement 2" } });
  });

  it("lists statements that share little as one removed and one added", () => {
    const difference = statementDifference(policy(logs), policy({ ...presign, Sid: undefined }));
    expect(difference).toMatchObject({ changed: [], unchanged: 0 });
    expect(difference?.added).toHaveLength(1);
    expect(difference?.removed).toHaveLength(1);
  });

  it.each([null, undefined, ""])("takes %p for a policy without statements", (nothing) => {
    expect(statementDifference(nothing, policy(presign))?.added).toHaveLength(1);
    expect(statementDifference(policy(presign), nothing)?.removed[0]).toMatchObject({
      label: 'Sid "Presign"',
    });
  });

  it.each(["{", "[]", '{"Version": "2012-10-17"}', { Statement: ["x"] }, 3])("refuses %p", (other) => {
    expect(statementDifference(policy(presign), other)).toBeUndefined();
    expect(statementDifference(other, policy(presign))).toBeUndefined();
  });

  it("is reversed when before and after are swapped", () => {
    const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "logs:PutLogEvents");
    const statement = fc.record({ Effect: fc.constant("Allow"), Action: fc.array(action, { minLength: 1 }) });
    const document = fc.array(statement, { maxLength: 1 }).map((Statement) => ({ Statement }));
    fc.assert(
      fc.property(document, document, (before, after) => {
        const there = statementDifference(before, after);
        const back = statementDifference(after, before);
        expect(there?.added).toEqual(back?.removed);
        expect(there?.changed.map(({ fields }) => fields.map(({ added }) => added))).toEqual(
          back?.changed.map(({ fields }) => fields.map(({ removed }) => removed)),
        );
      }),
    );
  });
});
