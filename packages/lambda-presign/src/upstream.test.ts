import { inspect } from "node:util";
import { upstreamRefusal } from "./upstream";

function vendorError(name: string, members: object = {}): Error {
  return Object.assign(new Error("quotes an ARN"), { name, ...members });
}

const status = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } });

describe("upstreamRefusal", () => {
  it.each([
    ["a throttled call", vendorError("ThrottlingException", status(400)), "throttled", "sts_throttled"],
    ["status 429", vendorError("Whatever", status(429)), "throttled", "sts_throttled"],
    [
      "a server error",
      vendorError("InternalFailure", status(500)),
      "upstream_unavailable",
      "sts_unavailable",
    ],
    ["status 503", vendorError("ServiceUnavailable", status(503)), "upstream_unavailable", "sts_unavailable"],
    [
      "a refused connection",
      vendorError("Error", { code: "ECONNREFUSED" }),
      "upstream_unavailable",
      "sts_unavailable",
    ],
    [
      "a broken connection",
      vendorError("TimeoutError", { code: "ECONNRESET" }),
      "upstream_unavailable",
      "sts_unavailable",
    ],
    [
      "an unknown host",
      vendorError("Error", { code: "ENOTFOUND" }),
      "upstream_unavailable",
      "sts_unavailable",
    ],
    ["a time-out", vendorError("TimeoutError"), "upstream_timeout", "sts_timeout"],
    [
      "a time-out of the system",
      vendorError("TimeoutError", { code: "ETIMEDOUT" }),
      "upstream_timeout",
      "sts_timeout",
    ],
    ["an abort", vendorError("AbortError"), "upstream_timeout", "sts_timeout"],
    ["a denial of STS", vendorError("AccessDenied", status(403)), "upstream_error", "sts_denied"],
    ["a denial elsewhere", vendorError("AccessDeniedException", status(400)), "upstream_error", "sts_denied"],
    ["a bad request", vendorError("ValidationException", status(400)), "upstream_error", "sts_error"],
    ["what is no error", "text", "upstream_error", "sts_error"],
  ])("reads %s", (_case, error, code, reason) => {
    expect(upstreamRefusal("sts", error)).toMatchObject({ code, reason });
  });

  it("names the service, and repeats nothing of what it said", () => {
    const refusal = upstreamRefusal("dynamodb", vendorError("ValidationException"));
    expect(refusal.reason).toBe("dynamodb_error");
    expect(inspect(refusal)).not.toContain("ARN");
  });
});
