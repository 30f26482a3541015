import { fakeFacts, inShort, resource, synthesized } from "../testing/fake-facts";
import { known, unknown } from "../finding";
import type { PlacedResource } from "../../environment/placed-resources";
import { policySizesCheck, sizeFindings } from "./policy-sizes";

/** The presign function's policy, with the access roles of so many LOBs, whose ARNs have 80 characters. */
function presign(lobs: number): PlacedResource {
  const arns = Array.from({ length: lobs }, () => "a".repeat(80));
  return rolePolicy("access/Presign", "${aws_iam_role.Presign.name}", [
    { Sid: "AssumeAccessRoles", Effect: "Allow", Resource: arns },
  ]);
}

function rolePolicy(path: string, role: string, Statement: readonly object[]): PlacedResource {
  return resource(
    "aws_iam_role_policy",
    { role, policy: JSON.stringify({ Statement }) },
    { path, stack: "access" },
  );
}

function endpoint(policy: string): PlacedResource {
  return resource("aws_vpc_endpoint", { policy }, { path: "networking/Endpoint-sts" });
}

describe("the policy of the presign function's role", () => {
  it.each([
    [2, "ok"],
    [90, "ok"],
    [100, "warn"],
    [130, "fail"],
  ])("is, with %i lines of business, %s", (lobs, result) => {
    expect(sizeFindings(synthesized(presign(lobs)))).toMatchObject([{ result }]);
  });

  it("says how many more lines of business fit", () => {
    const [two] = sizeFindings(synthesized(presign(2)));
    expect(two?.detail).toBe("access/Presign: about 239 of 10240 characters, room for about 120 more LOBs");
    // Exactly at the limit: no further line of business fits.
    const room = 122;
    expect(sizeFindings(synthesized(presign(room)))[0]?.detail).toMatch(/room for about 0 more LOBs$/);
    expect(sizeFindings(synthesized(presign(room + 1)))[0]?.result).toBe("fail");
  });

  it("fails with a way around the limit", () => {
    expect(sizeFindings(synthesized(presign(130)))[0]?.remedy).toMatch(/organizationId.*lists no accounts/);
  });

  it("does not grow when one pattern matches all roles", () => {
    const pattern = rolePolicy("access/Presign", "r", [
      { Sid: "AssumeAccessRoles", Resource: "arn:aws:iam::*:role/x" },
    ]);
    expect(sizeFindings(synthesized(pattern))[0]?.detail).not.toContain("room");
  });
});

describe("policies", () => {
  it("of one role are added up, without their white space", () => {
    const spaced = JSON.stringify({ Statement: [{ Sid: "x".repeat(100) }] }, null, 40);
    const policies = ["One", "Two"].map((name) =>
      resource(
        "aws_iam_role_policy",
        { role: "r", policy: spaced },
        { path: `access/${name}`, stack: "access" },
      ),
    );
    const size = 2 * spaced.replace(/\s/g, "").length;
    expect(sizeFindings(synthesized(...policies))[0]?.detail).toContain(`about ${size} of 10240`);
  });

  it("count an estimate for each value that Terraform fills in, and IAM's variables as they are", () => {
    const policy = (Resource: string): PlacedResource => rolePolicy("p", "r", [{ Resource }]);
    const sizeOf = (found: PlacedResource): number =>
      Number(/about (\d+)/.exec(sizeFindings(synthesized(found))[0]!.detail)?.[1]);
    const bare = sizeOf(policy(""));
    expect(sizeOf(policy("${aws_kms_key.K.arn}")) - bare).toBe(100);
    expect(sizeOf(policy("$${aws:PrincipalTag/user}")) - bare).toBe("${aws:PrincipalTag/user}".length);
  });

  it("are shown for the largest policy beside the one that grows", () => {
    const other = rolePolicy("access/Other", "other", [{ Sid: "x".repeat(9_000) }]);
    const findings = sizeFindings(synthesized(presign(2), other, endpoint("x".repeat(15_000))));
    expect(findings.map(({ result, detail }) => `${result} ${detail.split(":")[0] ?? ""}`)).toEqual([
      "ok access/Presign",
      "warn access/Other",
    ]);
  });

  it("of endpoints have another limit", () => {
    expect(sizeFindings(synthesized(endpoint("x".repeat(20_481))))).toMatchObject([
      { result: "fail", detail: "networking/Endpoint-sts: about 20481 of 20480 characters" },
    ]);
  });

  it("are measured in the synthesized stacks, and not checked without them", async () => {
    const some = fakeFacts({ synthesized: known(synthesized(presign(2))) });
    expect(inShort(await policySizesCheck(some).find())).toEqual(["ok policy sizes"]);
    const none = fakeFacts({ synthesized: unknown("the stacks do not synthesize") });
    expect(inShort(await policySizesCheck(none).find())).toEqual(["warn policy sizes"]);
  });
});
