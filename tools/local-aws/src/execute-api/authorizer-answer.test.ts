import { readAuthorizerAnswer } from "./authorizer-answer";

const policyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
};

function read(answer: unknown): ReturnType<typeof readAuthorizerAnswer> {
  return readAuthorizerAnswer({ ok: true, payload: JSON.stringify(answer) });
}

describe("readAuthorizerAnswer", () => {
  it("takes a policy, and hands every context value on as a string", () => {
    const answer = read({ principalId: "alice", policyDocument, context: { a: "x", b: 1, c: true } });
    expect(answer).toMatchObject({
      kind: "policy",
      principalId: "alice",
      context: { a: "x", b: "1", c: "true" },
    });
  });

  it("knows the very word for 401 from any other error", () => {
    const failed = (errorMessage: string): string =>
      readAuthorizerAnswer({ ok: false, error: { errorType: "Error", errorMessage } }).kind;
    expect(failed("Unauthorized")).toBe("unauthorized");
    expect(failed("unauthorized")).toBe("broken");
    expect(failed("Unauthorized: no token")).toBe("broken");
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a string", "Allow"],
    ["no principal", { policyDocument }],
    ["no policy", { principalId: "alice" }],
    ["an object in the context", { principalId: "alice", policyDocument, context: { roles: ["a"] } }],
    [
      "a policy with a misspelt element",
      { principalId: "alice", policyDocument: { Version: "2012-10-17", Statements: [] } },
    ],
  ])("fails closed on %s", (_, answer) => {
    expect(read(answer).kind).toBe("broken");
  });
});
