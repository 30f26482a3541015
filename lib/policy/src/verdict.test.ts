import { iamData } from "./iam-data";
import { prepareRequest } from "./request";
import {
  ACCESS_SESSION_ARN,
  accessSession,
  ACCOUNT,
  policyOf,
  PRESIGN,
  profileArn,
} from "./testing/fixtures";
import { evaluateStatements, type Verdict } from "./verdict";

const request = prepareRequest(
  { principal: accessSession, action: PRESIGN, resource: profileArn("alice") },
  iamData,
);

function statement(effect: "Allow" | "Deny", principal: unknown): object {
  return { Effect: effect, Action: PRESIGN, Resource: "*", Principal: principal };
}

function verdictOf(...statements: object[]): Verdict {
  return evaluateStatements("resource", [policyOf("resource", statements)], request);
}

/** Evaluates the statements in both orders, which must give the same verdict. */
function eitherOrder(first: object, second: object): Verdict[] {
  return [verdictOf(first, second), verdictOf(second, first)];
}

const account = { AWS: ACCOUNT };
const role = { AWS: accessSession.roleArn };
const session = { AWS: ACCESS_SESSION_ARN };

describe("evaluateStatements", () => {
  it("is silent when no statement applies", () => {
    expect(verdictOf(statement("Allow", { AWS: "222222222222" }))).toEqual({
      kind: "resource",
      outcome: "silent",
    });
    expect(evaluateStatements("identity", [], request)).toEqual({ kind: "identity", outcome: "silent" });
  });

  it.each([account, role, session, "*"])(
    "lets a Deny for %j win over an Allow for the session, in either order",
    (principal) => {
      for (const verdict of eitherOrder(statement("Deny", principal), statement("Allow", session))) {
        expect(verdict.outcome).toBe("deny");
      }
    },
  );

  it.each([
    [account, role, "role"],
    [account, session, "direct"],
    [role, session, "direct"],
    [role, "*", "direct"],
  ])("takes the more direct one of two Allows for %j and %j, in either order", (weaker, stronger, grant) => {
    for (const verdict of eitherOrder(statement("Allow", weaker), statement("Allow", stronger))) {
      expect(verdict).toMatchObject({ outcome: "allow", grant });
    }
  });

  it("names the first of equal statements", () => {
    expect(verdictOf(statement("Allow", role), statement("Allow", role)).statement?.index).toBe(0);
    expect(verdictOf(statement("Deny", role), statement("Deny", role)).statement?.index).toBe(0);
  });

  it("combines several policies of one kind", () => {
    const policies = ["Allow", "Deny"].map((effect) =>
      policyOf("identity", { Effect: effect, Action: PRESIGN, Resource: "*" }, effect),
    );
    expect(evaluateStatements("identity", policies, request)).toMatchObject({
      outcome: "deny",
      statement: { policy: "Deny" },
    });
  });
});
