import { fakeFacts, inShort } from "../testing/fake-facts";
import { known, unknown } from "../finding";
import { credentialsCheck } from "./credentials";

describe("credentials", () => {
  it("that belong to their accounts are shown with their ARN", async () => {
    await expect(credentialsCheck(fakeFacts()).find()).resolves.toMatchObject([
      {
        check: "credentials (shared-services)",
        result: "ok",
        detail: "111111111111, as arn:shared-services",
      },
      { check: "credentials (lob-a)", result: "ok" },
      { check: "credentials (lob-b)", result: "ok" },
    ]);
  });

  it("that belong to another account fail, with the config path to correct", async () => {
    const facts = fakeFacts({
      caller: ({ name, entry }) =>
        known({ accountId: name === "shared-services" ? entry.id : "999999999999", arn: "arn:x" }),
    });
    const [, byRole, byProfile] = await credentialsCheck(facts).find();
    expect(byRole).toMatchObject({
      result: "fail",
      detail:
        "role arn:aws:iam::222222222222:role/deploy leads to account 999999999999, the config says 222222222222",
      remedy: "correct linesOfBusiness[0].account.id, or linesOfBusiness[0].account.credentials.assumeRole",
    });
    expect(byProfile).toMatchObject({
      result: "fail",
      detail: "profile lob-b leads to account 999999999999, the config says 333333333333",
      remedy: "correct linesOfBusiness[1].account.id, or what profile lob-b leads to",
    });
  });

  it("that do not work fail one by one, with AWS's reason", async () => {
    const facts = fakeFacts({
      caller: ({ name, entry }) =>
        name === "lob-a"
          ? known({ accountId: entry.id, arn: "arn:x" })
          : unknown("ExpiredToken: The security token is expired"),
    });
    const findings = await credentialsCheck(facts).find();
    expect(inShort(findings)).toEqual([
      "fail credentials (shared-services)",
      "ok credentials (lob-a)",
      "fail credentials (lob-b)",
    ]);
    expect(findings[0]).toMatchObject({
      detail: expect.stringContaining("ExpiredToken") as unknown,
      remedy: expect.stringMatching(
        /sign in as somebody whom arn:aws:iam::111111111111:role\/deploy trusts/,
      ) as unknown,
    });
    expect(findings[2]?.remedy).toContain("aws sts get-caller-identity --profile lob-b");
  });

  it("are not checked when the config cannot be used", async () => {
    const facts = fakeFacts({ config: unknown("the config cannot be used") });
    expect(inShort(await credentialsCheck(facts).find())).toEqual(["warn credentials"]);
  });
});
