import type { Reply } from "../../server/call";
import { FakeMoto, fakeCall, xmlAnswer } from "../testing/fake-moto";
import { KmsService } from "./kms-service";

const THERE = "arn:aws:iam::111111111111:role/notebooks";

function send(operation: string, body: object): Promise<Reply> {
  const moto = new FakeMoto({
    forward: () => xmlAnswer(""),
    query: (_service, _account, _region, { Action = "", RoleName }) =>
      RoleName === "notebooks"
        ? xmlAnswer(`<R><${Action}Result><Role><Arn>${THERE}</Arn></Role></${Action}Result></R>`)
        : xmlAnswer("", 404),
  });
  return new KmsService(moto).handle(fakeCall({ service: "kms", operation, body: JSON.stringify(body) }));
}

const policy = (AWS: string): string =>
  JSON.stringify({ Statement: { Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" } });

describe.each(["CreateKey", "PutKeyPolicy"])("a key policy in %s", (operation) => {
  it.each([THERE, "arn:aws:iam::111111111111:root", "*"])("may name %s", async (principal) => {
    await expect(send(operation, { Policy: policy(principal) })).resolves.toMatchObject({ status: 200 });
  });

  it("may not name a role that is not there", async () => {
    await expect(send(operation, { Policy: policy(`${THERE}-gone`) })).rejects.toMatchObject({
      code: "MalformedPolicyDocumentException",
      message: "Policy contains a statement with one or more invalid principals.",
      status: 400,
    });
  });

  it.each(["{", "1"])("may not be %s", async (Policy) => {
    await expect(send(operation, { Policy })).rejects.toMatchObject({
      code: "MalformedPolicyDocumentException",
    });
  });
});

it("a key without a policy gets AWS's", async () => {
  await expect(send("CreateKey", {})).resolves.toMatchObject({ status: 200 });
});
