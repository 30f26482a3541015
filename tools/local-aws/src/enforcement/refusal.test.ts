import { parseXml, textAt } from "../server/xml";
import { fakeCall, formCall } from "../services/testing/fake-moto";
import { SESSION_ARN } from "./testing/example-caller";
import type { AuthorizationResult } from "./authorization-result";
import { DENIED_BY, headerText, invalidTokenReply, refusalReply } from "./refusal";

const result: AuthorizationResult = {
  who: SESSION_ARN,
  action: "service:Action",
  actions: ["service:Action"],
  resource: "arn:aws:service:::thing",
  allowed: false,
  why: "no Allow of service:Action in identity policy inline",
  awsReason: " because no identity-based policy allows the service:Action action",
};
const sentence = `User: ${SESSION_ARN} is not authorized to perform: service:Action on resource: arn:aws:service:::thing`;
const target = { headers: { "x-amz-target": "Service.Action" } };

describe("a refusal", () => {
  it("of STS is XML, and gives no reason", () => {
    const { status, headers, body } = refusalReply(formCall("AssumeRole", {}, { service: "sts" }), result);
    const root = parseXml(body.toString());
    expect([status, textAt(root, "Error", "Code"), textAt(root, "Error", "Message")]).toEqual([
      403,
      "AccessDenied",
      sentence,
    ]);
    expect(headers[DENIED_BY]).toBe(result.why);
  });

  it.each([
    ["sagemaker", 400, target],
    ["dynamodb", 400, target],
    ["lambda", 403, {}],
  ])("of %s is JSON, with status %d and the kind of policy", (service, status, parts) => {
    const reply = refusalReply(fakeCall({ service, ...parts }), result);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body.toString())).toEqual({
      __type: "AccessDeniedException",
      message: sentence + result.awsReason,
    });
    expect(reply.headers).toMatchObject({
      "x-amzn-errortype": "AccessDeniedException",
      [DENIED_BY]: result.why,
    });
  });

  it.each([
    ["ec2", "UnauthorizedOperation", `You are not authorized to perform this operation. ${sentence}`],
    ["iam", "AccessDenied", sentence],
    ["sns", "AuthorizationError", sentence],
    ["route53", "AccessDenied", sentence],
    ["s3", "AccessDenied", sentence],
  ])("of %s is XML, with the code %s and the kind of policy", (service, code, message) => {
    const { status, body } = refusalReply(formCall("Action", {}, { service }), result);
    const at = { ec2: ["Errors", "Error"], s3: [] }[service] ?? ["Error"];
    const root = parseXml(body.toString());
    expect([status, textAt(root, ...at, "Code"), textAt(root, ...at, "Message")]).toEqual([
      403,
      code,
      message + result.awsReason,
    ]);
  });

  it.each([
    ["ec2", 401, "AuthFailure"],
    ["s3", 403, "InvalidAccessKeyId"],
    ["iam", 403, "InvalidClientTokenId"],
    ["lambda", 403, "UnrecognizedClientException"],
    ["sts", 403, "InvalidClientTokenId"],
    ["dynamodb", 400, "UnrecognizedClientException"],
  ])("of invalid credentials has AWS's status and code: %s", (service, status, code) => {
    const call =
      service === "dynamodb" ? fakeCall({ service, ...target }) : formCall("Action", {}, { service });
    const reply = invalidTokenReply(call, "the role is gone");
    expect([reply.status, reply.headers[DENIED_BY]]).toEqual([status, "the role is gone"]);
    expect(reply.body.toString()).toContain(code);
  });

  it("replaces characters of a policy's name that a header does not take", () => {
    expect(headerText("policy Zugänge\n, statement 0")).toBe("policy Zug?nge?, statement 0");
  });
});
