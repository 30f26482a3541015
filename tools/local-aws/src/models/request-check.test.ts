import { cbor } from "@smithy/core/cbor";

import { fakeCall, formCall } from "../services/testing/fake-moto";
import { requestCheck } from "./request-check";
import type { ServiceModel } from "./service-model";

const SHAPES: ServiceModel["shapes"] = {
  Input: {
    type: "structure",
    required: ["Name"],
    members: {
      Name: { shape: "Name" },
      Data: { shape: "Data" },
      Names: { shape: "Names" },
      Tags: { shape: "Tags" },
      Since: { shape: "Time" },
    },
  },
  Name: { type: "string", max: 3 },
  Data: { type: "blob", max: 2 },
  Names: { type: "list", member: { shape: "Name" }, max: 2 },
  Tags: { type: "map", key: { shape: "Name" }, value: { shape: "Name" } },
  Time: { type: "timestamp" },
};

function checkOf(protocol: string): ReturnType<typeof requestCheck> {
  const operation = { name: "Put", http: { method: "POST", requestUri: "/" }, input: { shape: "Input" } };
  const model: ServiceModel = {
    metadata: { protocol, endpointPrefix: "example", targetPrefix: "Example" },
    operations: { Put: operation },
    shapes: SHAPES,
  };
  return requestCheck({ model: () => Promise.resolve(model) });
}

describe("a JSON request", () => {
  const check = checkOf("json");
  const put = (body: object): Promise<void> =>
    check(
      fakeCall({
        service: "example",
        headers: { "x-amz-target": "Example.Put" },
        operation: "Put",
        body: JSON.stringify(body),
      }),
    );

  it("passes when it is as its model says, and a null is no value", async () => {
    await put({ Name: "abc", Data: "AQI=", Names: ["a"], Tags: { a: "b" }, Since: 1.5 });
    await put({ Name: "abc", Data: null, Names: null });
  });

  it.each([
    [{ Name: null }, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      { Name: "a", Data: "AQID" },
      "Value 'AQID' at 'data' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      { Name: "a", Names: ["abcd"] },
      "Value '[abcd]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 3]",
    ],
    [
      { Name: "a", Tags: { abcd: "" } },
      "Value '[abcd]' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 3]",
    ],
    [
      { Name: "a", Tags: { a: "abcd" } },
      "Value '[abcd]' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 3]",
    ],
  ])("is refused with the framework's words: %j", async (body, words) => {
    await expect(put(body)).rejects.toMatchObject({
      code: "ValidationException",
      message: `1 validation error detected: ${words}`,
    });
  });

  it.each([
    [{ Name: "a", Names: "b" }, "Expected list or null"],
    [{ Name: ["a"] }, "Start of list found where not expected"],
    [{ Name: {} }, "Start of structure or map found where not expected."],
    [{ Name: true }, "TRUE_VALUE can not be converted to a String"],
  ])("is refused for a wrong type: %j", async (body, message) => {
    await expect(put(body)).rejects.toMatchObject({ code: "SerializationException", message });
  });
});

describe("a request in CBOR", () => {
  const check = checkOf("smithy-rpc-v2-cbor");
  const put = (body: object): Promise<void> =>
    check({
      ...fakeCall({
        service: "example",
        path: "/service/Example/operation/Put",
        operation: "POST /service/Example/operation/Put",
        headers: { "smithy-protocol": "rpc-v2-cbor" },
      }),
      body: Buffer.from(cbor.serialize(body)),
    });

  it("is read as one in JSON", async () => {
    await put({ Name: "abc", Data: new Uint8Array([1, 2]) });
    await expect(put({ Name: "abcd" })).rejects.toMatchObject({ code: "ValidationException" });
    await expect(put({ Name: 1 })).rejects.toMatchObject({ code: "SerializationException" });
  });
});

describe("a form", () => {
  const check = checkOf("query");
  const put = (parameters: Record<string, string>): Promise<void> =>
    check(formCall("Put", parameters, { service: "iam" }));

  it("has numbered lists and maps", async () => {
    await put({ Name: "a", "Names.member.1": "b", "Tags.entry.1.key": "a", "Tags.entry.1.value": "b" });
    await expect(put({ Name: "a", "Names.member.1": "abcd" })).rejects.toThrow("at 'names'");
    await expect(put({ Name: "a", "Tags.entry.1.key": "abcd", "Tags.entry.1.value": "b" })).rejects.toThrow(
      "Map keys",
    );
    await expect(
      put({ Name: "a", "Names.member.1": "a", "Names.member.2": "b", "Names.member.10": "c" }),
    ).rejects.toThrow(
      "Value '[a, b, c]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2",
    );
  });

  it("is refused when a value stands where members are expected", async () => {
    await expect(put({ "Name.member.1": "a" })).rejects.toMatchObject({ code: "MalformedInput" });
  });
});
