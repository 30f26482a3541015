import { readProxyAnswer } from "./proxy-answer";

const read = (answer: unknown, binary: readonly string[] = []): ReturnType<typeof readProxyAnswer> =>
  readProxyAnswer(JSON.stringify(answer), binary);

describe("readProxyAnswer", () => {
  it("takes status, headers and body", () => {
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

  it("says JSON where the function names no type", () => {
    expect(read({ statusCode: "200", body: "{}" })).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
    });
  });

  it("decodes base64 only where the API says that the type is binary", () => {
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
    ["a status that is none", { statusCode: 7 }],
    ["a body that is no text", { statusCode: 200, body: { a: 1 } }],
    ["a header that is no text", { statusCode: 200, headers: { a: {} } }],
    ["a list of headers that is none", { statusCode: 200, multiValueHeaders: { a: "b" } }],
  ])("calls %s malformed", (_, answer) => {
    expect(read(answer)).toBeUndefined();
  });
});
