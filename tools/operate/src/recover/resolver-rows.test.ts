import { openAccount } from "./account";
import { IMPORT_ROWS } from "./import-rows";

const ZONE = "arn:aws:route53:::hostedzone/Z1";

/** Answers of Route 53 Profiles, by path and token. */
const ANSWERS: Readonly<Record<string, object>> = {
  "/profiles?": { ProfileSummaries: [{ Id: "rp-1", Name: "other" }], NextToken: "more" },
  "/profiles?nextToken=more": {
    ProfileSummaries: [
      { Id: "rp-2", Name: "zones", ShareStatus: "SHARED_WITH_ME" },
      { Id: "rp-3", Name: "zones", ShareStatus: "SHARED_BY_ME" },
    ],
  },
  "/profileassociations?profileId=rp-3&resourceId=vpc-1": {
    ProfileAssociations: [
      { Id: "rpassoc-0", ProfileId: "rp-3", ResourceId: "vpc-1", Status: "DELETED" },
      { Id: "rpassoc-1", ProfileId: "rp-3", ResourceId: "vpc-1", Status: "COMPLETE" },
    ],
  },
  "/profileresourceassociations/profileid/rp-3?": {
    ProfileResourceAssociations: [
      { Id: "rpr-1", ResourceArn: `${ZONE}0` },
      { Id: "rpr-2", ResourceArn: ZONE },
    ],
  },
};

async function found(type: string, known: Readonly<Record<string, string>>): Promise<unknown> {
  const row = IMPORT_ROWS[type];
  if (row === undefined || "again" in row) throw new RangeError(type);
  const account = openAccount({ id: "222222222222", credentials: { profile: "lob-a" } }, "eu-west-1");
  const profiles: typeof account.profiles = async (path, query) => {
    const answer = ANSWERS[`${path}?${new URLSearchParams(query).toString()}`];
    if (answer === undefined) throw new RangeError(path);
    return Promise.resolve(answer as Awaited<ReturnType<typeof account.profiles>>);
  };
  return row.search(known, { ...account, profiles }, {});
}

describe("the search for a Route 53 profile", () => {
  it("finds the account's own by its name, on whatever page", async () => {
    await expect(found("aws_route53profiles_profile", { name: "zones" })).resolves.toEqual(["rp-3"]);
  });

  it("finds the association of a VPC that is in force", async () => {
    const known = { profile_id: "rp-3", resource_id: "vpc-1" };
    await expect(found("aws_route53profiles_association", known)).resolves.toEqual(["rpassoc-1"]);
  });

  it("finds the zone in the profile", async () => {
    const known = { profile_id: "rp-3", resource_arn: ZONE };
    await expect(found("aws_route53profiles_resource_association", known)).resolves.toEqual(["rpr-2"]);
  });
});
