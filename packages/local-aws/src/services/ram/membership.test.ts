import { FakeMoto } from "../fake-moto";
import { MotoOrganizations } from "./membership";

/** moto with one organization of these accounts. */
function organizationOf(...members: string[]): MotoOrganizations {
  return new MotoOrganizations(
    new FakeMoto({
      json: (_service, account) => {
        if (!members.includes(account)) throw new Error("AWSOrganizationsNotInUseException");
        return { Organization: { Id: "o-example" } };
      },
    }),
  );
}

describe("membership of an organization", () => {
  it("holds for two accounts of one organization", async () => {
    expect(await organizationOf("1", "2").sameOrganization("1", "2", "eu-west-1")).toBe(true);
  });

  it("does not hold when one of them is outside", async () => {
    expect(await organizationOf("1").sameOrganization("1", "2", "eu-west-1")).toBe(false);
  });

  it("does not hold for two accounts without any", async () => {
    expect(await organizationOf().sameOrganization("1", "2", "eu-west-1")).toBe(false);
  });
});
