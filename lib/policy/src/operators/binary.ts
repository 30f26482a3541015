import { RequestError } from "../errors";
import { constantValue, malformedValue } from "./value-test";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `BinaryEquals`: byte for byte; the policy and the request context both hold base64. */
export const binaryEquals = constantValue((text) => {
  if (!BASE64.test(text)) throw malformedValue(text, "base64");
  const expected = Buffer.from(text, "base64");
  return (actual) => {
    if (!BASE64.test(actual)) throw new RequestError("malformed_context", `"${actual}" is not base64`);
    return expected.equals(Buffer.from(actual, "base64"));
  };
});
