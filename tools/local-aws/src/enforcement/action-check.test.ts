import { compile } from "../iam/stored-policy";
import { fakeCall, formCall } from "../services/testing/fake-moto";
import { actionCheck } from "./action-check";
import type { CheckedCaller } from "./caller";
import { exampleCaller, identityPolicy, SESSION_ARN } from "./testing/example-caller";
import { document } from "./testing/example-deployment";
import type { AuthorizationResult } from "./authorization-result";

const ONE_VPC = "arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1";
const deleteOneVpc = identityPolicy({ Effect: "Allow", Action: "ec2:DeleteVpc", Resource: ONE_VPC });
const denyAll = { Effect: "Deny", Action: "ec2:*", Resource: "*" } as const;
const elsewhere = { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } };

async function deleteVpc(caller: Partial<CheckedCaller>): Promise<AuthorizationResult | undefined> {
  const call = formCall("DeleteVpc", { VpcId: "vpc-2" }, { service: "ec2" });
  return (await actionCheck().authorize(call, { ...exampleCaller(), ...caller }))[0];
}

describe("the check by action alone", () => {
  it("allows an action that a policy allows on any resource, whatever resource the call names", async () => {
    expect(await deleteVpc({ identityPolicies: [deleteOneVpc] })).toMatchObject({
      who: SESSION_ARN,
      action: "ec2:DeleteVpc",
      resource: "*",
      allowed: true,
      why: "Allow in identity policy inline, statement 0",
    });
  });

  it.each<[string, Partial<CheckedCaller>, string]>([
    [
      "an action that no policy allows",
      { identityPolicies: [identityPolicy({ Effect: "Allow", Action: "ec2:Describe*", Resource: "*" })] },
      "no Allow of ec2:DeleteVpc in identity policy inline",
    ],
    [
      "an action that a policy denies on all resources",
      { identityPolicies: [deleteOneVpc, identityPolicy(denyAll)] },
      "explicit Deny in identity policy inline, statement 0",
    ],
    [
      "an action that the session policy does not allow",
      {
        identityPolicies: [deleteOneVpc],
        sessionPolicies: [
          compile(document({ Effect: "Allow", Action: "s3:*", Resource: "*" }), "session", "s"),
        ],
      },
      "no Allow of ec2:DeleteVpc in session policy s",
    ],
  ])("denies %s", async (_, caller, why) => {
    expect(await deleteVpc(caller)).toMatchObject({ allowed: false, why });
  });

  it("allows an action that a policy denies only under a condition", async () => {
    const denied = identityPolicy({ ...denyAll, Condition: elsewhere });
    expect(await deleteVpc({ identityPolicies: [deleteOneVpc, denied] })).toMatchObject({ allowed: true });
  });

  it("distinguishes reading a bucket's settings from listing its objects", async () => {
    const list = identityPolicy({ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" });
    const asked = async (path: string): Promise<boolean | undefined> => {
      const call = fakeCall({ service: "s3", method: "GET", operation: "GET /state", path });
      return (await actionCheck().authorize(call, exampleCaller({ policies: [list] })))[0]?.allowed;
    };
    expect([await asked("/state"), await asked("/state?policy=")]).toEqual([true, false]);
  });

  it("needs no policy for an operation that AWS answers without any permission", async () => {
    const call = formCall("GetCallerIdentity", {}, { service: "sts" });
    expect(await actionCheck().authorize(call, exampleCaller())).toEqual([]);
  });

  it("fails on an operation whose action it does not know, and names it", async () => {
    const everything = identityPolicy({ Effect: "Allow", Action: "*", Resource: "*" });
    const call = fakeCall({ service: "lambda", method: "GET", operation: "GET /2099-01-01/moons" });
    await expect(
      actionCheck().authorize(call, exampleCaller({ policies: [everything] })),
    ).rejects.toMatchObject({
      code: "InternalFailure",
      message: expect.stringContaining("lambda GET /2099-01-01/moons") as unknown,
    });
  });
});
