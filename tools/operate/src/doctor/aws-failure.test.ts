import { awsFailure, isAccessDenied } from "./aws-failure";
import { awsError } from "./testing/fake-facts";

describe("a failure of AWS", () => {
  it.each([
    [
      "a service's",
      awsError("AccessDenied", "User: arn:x is\n not authorized"),
      "AccessDenied: User: arn:x is not authorized",
    ],
    [
      "a credential provider's",
      Object.assign(new Error("no profile"), { name: "CredentialsProviderError", tryNextLink: true }),
      "CredentialsProviderError: no profile",
    ],
    [
      "a socket's",
      Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
      "connect ECONNREFUSED",
    ],
    ["a timeout", Object.assign(new Error("too slow"), { name: "TimeoutError" }), "TimeoutError: too slow"],
  ])("is described in one line: %s", (_whose, error, expected) => {
    expect(awsFailure(error)).toBe(expected);
  });

  it.each([new TypeError("x is not a function"), "text", undefined])(
    "is not an error of this program: %s",
    (error) => {
      expect(awsFailure(error)).toBeUndefined();
    },
  );

  it.each([
    ["AccessDeniedException", true],
    ["UnauthorizedOperation", true],
    ["403", true],
    ["NoSuchBucket", false],
  ])("is a missing permission or not: %s %s", (name, expected) => {
    expect(isAccessDenied(awsError(name))).toBe(expected);
  });
});
