import { fakeCall } from "../services/testing/fake-moto";
import { AwsError } from "./aws-error";
import { errorReply, withBody } from "./protocol";
import { parseXml, textAt } from "./xml";

const refusal = new AwsError("ResourceInUse", "It is in use & needed", 409);
const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

describe("errorReply", () => {
  it.each([
    ["ec2", ["Errors", "Error"], form],
    ["iam", ["Error"], form],
    ["route53", ["Error"], {}],
    ["s3", [], {}],
  ])("writes an error of %s as its XML", (service, path, headers) => {
    const reply = errorReply(fakeCall({ service, headers }), refusal);
    const root = parseXml(reply.body.toString());
    expect(reply.status).toBe(409);
    expect(textAt(root, ...path, "Code")).toBe("ResourceInUse");
    expect(textAt(root, ...path, "Message")).toBe("It is in use & needed");
  });

  it.each([
    ["sagemaker", { "x-amz-target": "SageMaker.DeleteDomain", "content-type": "application/x-amz-json-1.1" }],
    [
      "dynamodb",
      { "x-amz-target": "DynamoDB_20120810.GetItem", "content-type": "application/x-amz-json-1.0" },
    ],
    ["lambda", { "content-type": "application/json" }],
    ["lambda", form],
  ])("writes an error of %s as JSON, named in body and header", (service, headers) => {
    const reply = errorReply(fakeCall({ service, headers }), refusal);
    expect(JSON.parse(reply.body.toString())).toEqual({
      __type: "ResourceInUse",
      message: "It is in use & needed",
    });
    expect(reply.headers["x-amzn-errortype"]).toBe("ResourceInUse");
  });

  it("answers in the JSON version of the request", () => {
    const headers = {
      "x-amz-target": "DynamoDB_20120810.GetItem",
      "content-type": "application/x-amz-json-1.0",
    };
    const reply = errorReply(fakeCall({ service: "dynamodb", headers }), refusal);
    expect(reply.headers["content-type"]).toBe("application/x-amz-json-1.0");
  });

  it("marks a status of 4xx as the sender's fault and 5xx as the receiver's", () => {
    const who = (status: number): string | undefined => {
      const reply = errorReply(fakeCall({ service: "iam", headers: form }), new AwsError("X", "x", status));
      return textAt(parseXml(reply.body.toString()), "Error", "Type");
    };
    expect([who(400), who(501)]).toEqual(["Sender", "Receiver"]);
  });
});

describe("withBody", () => {
  it("drops the length of the body that it replaces", () => {
    const reply = { status: 200, headers: { "content-length": "1", etag: "x" }, body: Buffer.from("a") };
    expect(withBody(reply, "longer")).toEqual({
      status: 200,
      headers: { etag: "x" },
      body: Buffer.from("longer"),
    });
  });
});
