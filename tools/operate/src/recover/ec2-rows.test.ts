import { openAccount } from "./account";
import { IMPORT_ROWS } from "./import-rows";

/** What a search for a security group asks EC2 for. */
async function filtersFor(planned: Readonly<Record<string, unknown>>): Promise<unknown> {
  const row = IMPORT_ROWS["aws_security_group"];
  if (row === undefined || "again" in row) throw new RangeError("no row");
  const account = openAccount({ id: "222222222222", credentials: { profile: "lob-a" } }, "eu-west-1");
  const send = jest.spyOn(account.ec2, "send").mockImplementation(() => ({}));
  await row.search({ vpc_id: "vpc-1" }, account, planned);
  return send.mock.calls[0]?.[0].input;
}

describe("the search for a security group", () => {
  it("is by its name, or by its tags where Terraform makes up the name", async () => {
    const vpc = { Name: "vpc-id", Values: ["vpc-1"] };
    await expect(filtersFor({ name: "studio", tags_all: { Name: "studio" } })).resolves.toEqual({
      Filters: [vpc, { Name: "group-name", Values: ["studio"] }],
    });
    await expect(filtersFor({ name_prefix: "presign-", tags_all: { Name: "presign" } })).resolves.toEqual({
      Filters: [vpc, { Name: "tag:Name", Values: ["presign"] }],
    });
  });
});
