import { parsePolicy } from "@studio-access/policy";

import { mayTrust } from "./assume-classes";

const LAMBDA = "lambda.amazonaws.com";
const PROVIDER = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

function trust(principal: object): Parameters<typeof mayTrust>[0] {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", ...principal };
  const json = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  return parsePolicy(json, { name: "trust", kind: "trust" });
}

/** What is refused here is never asked of the evaluator, so every form that can name somebody has to pass. */
describe("a trust policy", () => {
  it.each([
    { Principal: "*" },
    { Principal: { AWS: "*" } },
    { Principal: { Service: LAMBDA } },
    { Principal: { Service: ["ec2.amazonaws.com", LAMBDA] } },
  ])("may name a service: %j", (principal) => {
    expect(mayTrust(trust(principal), "Service", LAMBDA)).toBe(true);
  });

  it.each([
    { Principal: { Federated: PROVIDER } },
    { Principal: { Federated: [PROVIDER] } },
    { Principal: "*" },
  ])("may name an identity provider: %j", (principal) => {
    expect(mayTrust(trust(principal), "Federated", PROVIDER)).toBe(true);
  });

  it("with NotPrincipal is not read at all, so it cannot be told", () => {
    expect(() => trust({ NotPrincipal: { Service: LAMBDA } })).toThrow(/NotPrincipal is not supported/);
  });

  it("names no other service, no other kind, and an account alone names neither", () => {
    expect(mayTrust(trust({ Principal: { Service: "ec2.amazonaws.com" } }), "Service", LAMBDA)).toBe(false);
    expect(mayTrust(trust({ Principal: { Federated: PROVIDER } }), "Service", PROVIDER)).toBe(false);
    const account = { Principal: { AWS: "arn:aws:iam::111111111111:root" } };
    expect(mayTrust(trust(account), "Service", LAMBDA)).toBe(false);
    expect(mayTrust(trust(account), "Federated", PROVIDER)).toBe(false);
  });
});
