import { formatReport } from "./report";
import { sampleConfig } from "./testing/sample";
import { validate } from "./validate";
import type { Problem } from "./problem";

function problemsOf(input: unknown): readonly Problem[] {
  const validation = validate(input);
  return "problems" in validation ? validation.problems : [];
}

/** Ten mistakes in one file, of every kind: types, patterns, limits, keys, and values that do not fit together. */
function tenMistakes(): unknown {
  const config = sampleConfig();
  const [lobA, lobB] = config.linesOfBusiness;
  config.environment = "Prod!";
  config.availabilityZoneIds = ["euw1-az1", "euw1-az1"];
  config.sharedServices.id = "12";
  config.network.corporateCidrs = ["0.0.0.0/0"];
  config.studio.urlExpiresSeconds = 3600;
  lobB!.account.id = lobA!.account.id;
  lobB!.account.credentials = { profile: "lob-b" };
  lobB!.cidr = "10.100.128.0/17";
  lobB!.users = ["Ann"];
  config.tags = { Project: "mine" };
  return { ...config, regoin: "eu-west-1" };
}

describe("validate", () => {
  it("finds ten mistakes at once", () => {
    expect(problemsOf(tenMistakes()).map(({ path }) => path)).toEqual([
      "environment",
      "sharedServices.id",
      "studio.urlExpiresSeconds",
      "regoin",
      "availabilityZoneIds[1]",
      "linesOfBusiness[1].account.id",
      "network.corporateCidrs[0]",
      "linesOfBusiness[1].cidr",
      "linesOfBusiness[1].users[0]",
      "tags.Project",
    ]);
  });

  it("reports each of them with its value, rule and remedy", () => {
    const lines = formatReport("config/prod.json", problemsOf(tenMistakes())).split("\n");
    expect(lines[0]).toBe("config/prod.json: 10 problems");
    expect(lines).toContain('8. linesOfBusiness[1].cidr = "10.100.128.0/17"');
    expect(lines.filter((line) => line.startsWith("   rule:   "))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("   remedy: "))).toHaveLength(10);
  });

  it("compares ranges although the accounts next to them are wrong", () => {
    const config = sampleConfig();
    Object.assign(config.linesOfBusiness[0]!.account, { id: 7, credentials: [] });
    config.linesOfBusiness[1]!.cidr = "10.100.0.0/16";
    expect(problemsOf(config).map(({ path }) => path)).toEqual([
      "linesOfBusiness[0].account.id",
      "linesOfBusiness[0].account.credentials",
      "linesOfBusiness[1].cidr",
    ]);
  });

  it("compares user names that break their pattern too", () => {
    const config = sampleConfig();
    config.linesOfBusiness[0]!.users = ["ann x"];
    config.linesOfBusiness[1]!.users = ["ann x"];
    expect(problemsOf(config).map(({ path }) => path)).toEqual([
      "linesOfBusiness[0].users[0]",
      "linesOfBusiness[1].users[0]",
      "linesOfBusiness[1].users[0]",
    ]);
  });

  it("keeps the indices of a list right when one of its entries cannot be used", () => {
    const config = sampleConfig();
    const [lobA, lobB] = config.linesOfBusiness;
    lobB!.cidr = lobA!.cidr;
    const input = { ...config, linesOfBusiness: [lobA, null, lobB] };
    expect(problemsOf(input).map(({ path }) => path)).toEqual([
      "linesOfBusiness[1]",
      "linesOfBusiness[2].cidr",
    ]);
  });

  it("does not check the fields of an unknown variant", () => {
    const config = { ...sampleConfig(), identity: { provider: "saml", callbackUrls: 7 } };
    expect(problemsOf(config).map(({ path }) => path)).toEqual(["identity.provider"]);
  });

  it("does not change its input", () => {
    const input = tenMistakes();
    validate(input);
    expect(input).toEqual(tenMistakes());
  });
});
