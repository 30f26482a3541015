import { readProxyResponse } from "./proxy-response";

const read = (answer: unknown, binary: readonly string[] = []): ReturnType<typeof readProxyResponse> =>
  readProxyResponse(JSON.stringify(answer), binary);

describe("readProxyResponse", () => {
  it("reads status, headers and body", () => {
    const answer = read({
      statusCode: 302,
      headers: { Location: "https://x", "X-N": 1 },
      multiValueHeaders: { Vary: ["a", "b"] },
      body: "",
    });
    expect(answer).toMatchObject({
      status: 302,
      headers: { location: "https://x", "x-n": "1", vary: "a, b" },
    });
  });

  it("has the content type JSON where the function names none", () => {
    expect(read({ statusCode: "200", body: "{}" })).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
    });
  });

  it("decodes base64 only for binary media types of the API", () => {
    const answer = {
      statusCode: 200,
      headers: { "content-type": "image/png" },
      body: "aGk=",
      isBase64Encoded: true,
    };
    expect(read(answer)?.body.toString()).toBe("aGk=");
    expect(read(answer, ["image/png"])?.body.toString()).toBe("hi");
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a string", "hello"],
    ["a list", []],
    ["no status", { body: "x" }],
    ["an invalid status", { statusCode: 7 }],
    ["a body that is not a string", { statusCode: 200, body: { a: 1 } }],
    ["a header that is not a string", { statusCode: 200, headers: { a: {} } }],
    ["header values that are not a list", { statusCode: 200, multiValueHeaders: { a: "b" } }],
  ])("calls %s malformed", (_, answer) => {
    expect(read(answer)).toBeUndefined();
  });
});
