import { iamData } from "./iam-data";
import { prepareRequest, type AuthorizationRequest } from "./request";
import { accessSession, ACCOUNT, faultOf, PRESIGN, profileArn } from "./testing/fixtures";

const request: AuthorizationRequest = {
  principal: accessSession,
  action: PRESIGN,
  resource: profileArn("alice"),
};

function prepare(changes: Partial<AuthorizationRequest>): ReturnType<typeof prepareRequest> {
  return prepareRequest({ ...request, ...changes }, iamData);
}

describe("prepareRequest", () => {
  it("joins the principal's keys with those of the request context, in any case", () => {
    const { values } = prepare({ context: { "AWS:SourceVPCE": "vpce-1", "aws:TagKeys": ["a", "b"] } });
    expect(values.single("aws:sourcevpce")).toBe("vpce-1");
    expect(values.all("aws:tagkeys")).toEqual(["a", "b"]);
    expect(values.single("aws:principaltag/user")).toBe("alice");
    expect(values.all("aws:sourceip")).toBeUndefined();
  });

  it("takes the resource's account from its ARN, or from the request context where the ARN has none", () => {
    expect(prepare({}).resourceAccount).toBe(ACCOUNT);
    const bucket = { action: "s3:ListBucket", resource: "arn:aws:s3:::bucket" };
    expect(prepare(bucket).resourceAccount).toBeUndefined();
    expect(prepare({ ...bucket, context: { "aws:ResourceAccount": ACCOUNT } }).resourceAccount).toBe(ACCOUNT);
    expect(
      prepare({ action: "iam:GetPolicy", resource: "arn:aws:iam::aws:policy/ReadOnlyAccess" })
        .resourceAccount,
    ).toBeUndefined();
  });

  it("sets aws:ViaAWSService to false unless the request context sets it", () => {
    expect(prepare({}).values.single("aws:viaawsservice")).toBe("false");
    expect(prepare({ context: { "aws:ViaAWSService": "true" } }).values.single("aws:viaawsservice")).toBe(
      "true",
    );
  });

  it.each<[string, Partial<AuthorizationRequest>, string]>([
    ["an unknown action", { action: "sagemaker:Presign" }, "unknown_action"],
    ["an action pattern", { action: "sagemaker:*" }, "unknown_action"],
    ["a resource that is no ARN", { resource: "alice" }, "malformed_resource"],
    ["no resource where AWS has one", { resource: "*" }, "malformed_resource"],
    ["a resource where AWS has none", { action: "sagemaker:ListDomains" }, "malformed_resource"],
    ["an unknown condition key", { context: { "aws:SourceVpcEndpoint": "vpce-1" } }, "unknown_condition_key"],
    [
      "a key that follows from the principal",
      { context: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/x" } },
      "malformed_context",
    ],
    ["a principal's tag", { context: { "aws:PrincipalTag/user": "bob" } }, "malformed_context"],
    [
      "a key twice",
      { context: { "aws:SourceVpce": "vpce-1", "aws:sourceVpce": "vpce-2" } },
      "malformed_context",
    ],
    [
      "several values of a single-valued key",
      { context: { "aws:SourceVpce": ["vpce-1"] } },
      "malformed_context",
    ],
    [
      "another account than the ARN's",
      { context: { "aws:ResourceAccount": "999999999999" } },
      "malformed_context",
    ],
    ["a malformed principal", { principal: { type: "root", accountId: "root" } }, "malformed_principal"],
  ])("refuses a request with %s", (_, changes, code) => {
    expect(faultOf(() => prepare(changes))).toMatchObject({ name: "RequestError", code });
  });

  it.each(["*", "arn:aws:s3:::*"])("accepts %p for an action without a resource", (resource) => {
    expect(prepare({ action: "s3:ListAllMyBuckets", resource }).resource.text).toBe(resource);
  });
});
