import { readAuthorizerOutput } from "./authorizer-output";

const policyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
};

function read(answer: unknown): ReturnType<typeof readAuthorizerOutput> {
  return readAuthorizerOutput({ ok: true, payload: JSON.stringify(answer) });
}

describe("readAuthorizerOutput", () => {
  it("accepts a policy, and passes every context value on as a string", () => {
    const answer = read({ principalId: "alice", policyDocument, context: { a: "x", b: 1, c: true } });
    expect(answer).toMatchObject({
      kind: "policy",
      principalId: "alice",
      context: { a: "x", b: "1", c: "true" },
    });
  });

  it("distinguishes the message `Unauthorized`, which is a 401, from any other error", () => {
    const failed = (errorMessage: string): string =>
      readAuthorizerOutput({ ok: false, error: { errorType: "Error", errorMessage } }).kind;
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
