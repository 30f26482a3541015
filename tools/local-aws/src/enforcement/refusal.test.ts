import { parseXml, textAt } from "../server/xml";
import { fakeCall, formCall } from "../services/testing/fake-moto";
import { SESSION_ARN } from "./testing/example-caller";
import type { Finding } from "./finding";
import { DENIED_BY, headerText, invalidTokenReply, refusalReply } from "./refusal";

const finding: Finding = {
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
  it("of STS is XML, and does not say why", () => {
    const { status, headers, body } = refusalReply(formCall("AssumeRole", {}, { service: "sts" }), finding);
    const root = parseXml(body.toString());
    expect([status, textAt(root, "Error", "Code"), textAt(root, "Error", "Message")]).toEqual([
      403,
      "AccessDenied",
      sentence,
    ]);
    expect(headers[DENIED_BY]).toBe(finding.why);
  });

  it.each([
    ["sagemaker", 400, target],
    ["dynamodb", 400, target],
    ["lambda", 403, {}],
  ])("of %s is JSON, with status %d and the kind of policy", (service, status, parts) => {
    const reply = refusalReply(fakeCall({ service, ...parts }), finding);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body.toString())).toEqual({
      __type: "AccessDeniedException",
      message: sentence + finding.awsReason,
    });
    expect(reply.headers).toMatchObject({
      "x-amzn-errortype": "AccessDeniedException",
      [DENIED_BY]: finding.why,
    });
  });

  it.each([
    ["ec2", "UnauthorizedOperation", `You are not authorized to perform this operation. ${sentence}`],
    ["iam", "AccessDenied", sentence],
    ["sns", "AuthorizationError", sentence],
    ["route53", "AccessDenied", sentence],
    ["s3", "AccessDenied", sentence],
  ])("of %s is XML, with the code %s and the kind of policy", (service, code, message) => {
    const { status, body } = refusalReply(formCall("Action", {}, { service }), finding);
    const at = { ec2: ["Errors", "Error"], s3: [] }[service] ?? ["Error"];
    const root = parseXml(body.toString());
    expect([status, textAt(root, ...at, "Code"), textAt(root, ...at, "Message")]).toEqual([
      403,
      code,
      message + finding.awsReason,
    ]);
  });

  it.each([
    ["ec2", 401, "AuthFailure"],
    ["s3", 403, "InvalidAccessKeyId"],
    ["iam", 403, "InvalidClientTokenId"],
    ["lambda", 403, "UnrecognizedClientException"],
    ["sts", 403, "InvalidClientTokenId"],
    ["dynamodb", 400, "UnrecognizedClientException"],
  ])("of credentials that hold no longer is AWS's: %s", (service, status, code) => {
    const call =
      service === "dynamodb" ? fakeCall({ service, ...target }) : formCall("Action", {}, { service });
    const reply = invalidTokenReply(call, "the role is gone");
    expect([reply.status, reply.headers[DENIED_BY]]).toEqual([status, "the role is gone"]);
    expect(reply.body.toString()).toContain(code);
  });

  it("puts a policy's name into a header whatever its alphabet", () => {
    expect(headerText("policy Zugänge\n, statement 0")).toBe("policy Zug?nge?, statement 0");
  });
});
