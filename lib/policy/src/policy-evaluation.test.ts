import { evaluatePolicies } from "./policy-evaluation";
import { alice, policyOf, PRESIGN, profileArn } from "./testing/fixtures";

const request = { principal: alice, action: PRESIGN, resource: profileArn("alice") };
const allow = policyOf("identity", { Effect: "Allow", Action: "sagemaker:*", Resource: "*" });
const deny = policyOf("identity", { Sid: "No", Effect: "Deny", Action: PRESIGN, Resource: "*" });
const other = policyOf("identity", { Effect: "Allow", Action: "sts:*", Resource: "*" });

describe("evaluatePolicies", () => {
  it("returns allow, silent or deny, and a Deny of any policy wins", () => {
    expect(evaluatePolicies([allow], request).outcome).toBe("allow");
    expect(evaluatePolicies([other], request).outcome).toBe("silent");
    expect(evaluatePolicies([allow, deny], request)).toMatchObject({
      outcome: "deny",
      statement: { index: 0, sid: "No" },
    });
  });
});
