import { USER_NAME_PATTERN } from "@studio-access/shared-types";
import fc from "fast-check";
import { ownPathPolicy } from "./policy";
import { METHOD_ARN } from "./testing/events";

const STAGE = "arn:aws:execute-api:eu-west-1:111111111111:abc123def4/live";

/** Pattern matching as IAM does it: `*` is any text, `?` any one character, the rest stands for itself. */
function covers(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(arn);
}

/** API Gateway's decision: an explicit Deny wins, and where no statement matches, the resource policy decides. */
function outcome(userName: string, arn: string): "Allow" | "Deny" | "silent" {
  const { Statement } = ownPathPolicy({ subject: "sub-1", userName }, METHOD_ARN).policyDocument;
  const effects = Statement.filter((statement) =>
    "NotResource" in statement
      ? !covers(statement.NotResource as string, arn)
      : covers((statement as { Resource: string }).Resource, arn),
  ).map((statement) => statement.Effect);
  if (effects.includes("Deny")) return "Deny";
  return effects.includes("Allow") ? "Allow" : "silent";
}

const userName = fc.stringMatching(USER_NAME_PATTERN);

describe("ownPathPolicy", () => {
  it("allows the user's own path and denies the rest, in words", () => {
    expect(ownPathPolicy({ subject: "sub-1", userName: "alice" }, METHOD_ARN)).toEqual({
      principalId: "sub-1",
      context: { userName: "alice" },
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "execute-api:Invoke", Resource: `${STAGE}/GET/alice` },
          { Effect: "Deny", Action: "execute-api:Invoke", NotResource: `${STAGE}/GET/alice` },
        ],
      },
    });
  });

  it("allows every valid user their own path", () => {
    fc.assert(fc.property(userName, (user) => outcome(user, `${STAGE}/GET/${user}`) === "Allow"));
  });

  it("denies every user every other user's path", () => {
    fc.assert(
      fc.property(userName, userName, (user, other) => {
        fc.pre(user !== other);
        return outcome(user, `${STAGE}/GET/${other}`) === "Deny";
      }),
    );
  });

  it("denies names that differ in case, or that begin with the user's own", () => {
    for (const other of ["Alice", "ALICE", "alice2", "alice-", "alic", "alice/x", ""]) {
      expect([other, outcome("alice", `${STAGE}/GET/${other}`)]).toEqual([other, "Deny"]);
    }
  });

  it.each([
    ["method", `${STAGE}/POST/alice`],
    ["stage", "arn:aws:execute-api:eu-west-1:111111111111:abc123def4/test/GET/alice"],
    ["API", "arn:aws:execute-api:eu-west-1:111111111111:zzz123def4/live/GET/alice"],
    ["account", "arn:aws:execute-api:eu-west-1:222222222222:abc123def4/live/GET/alice"],
    ["region", "arn:aws:execute-api:eu-west-2:111111111111:abc123def4/live/GET/alice"],
  ])("denies the user's own name under another %s", (_part, arn) => {
    expect(outcome("alice", arn)).toBe("Deny");
  });

  it("keeps the partition of the event's ARN", () => {
    const arn = METHOD_ARN.replace("arn:aws:", "arn:aws-us-gov:");
    expect(JSON.stringify(ownPathPolicy({ subject: "s", userName: "alice" }, arn))).toContain(
      "arn:aws-us-gov:",
    );
  });

  it.each([
    "",
    "arn:aws:execute-api:eu-west-1:111111111111:*/live/GET/alice",
    "arn:aws:execute-api:*:*:*/*/GET/x",
  ])("makes no policy from the method ARN %j", (methodArn) => {
    expect(() => ownPathPolicy({ subject: "s", userName: "alice" }, methodArn)).toThrow("unknown form");
  });

  it("stays below API Gateway's 512 characters for a resource, for the longest name", () => {
    const name = "a".repeat(63);
    const statement = ownPathPolicy({ subject: "s", userName: name }, METHOD_ARN).policyDocument.Statement[0];
    expect((statement as { Resource: string }).Resource.length).toBeLessThan(512);
  });
});
