import { findingsOf, findingLines } from "../testing/findings";
import { CONFIG, contextWith, created, updated } from "../testing/plans";
import { ramPrincipal } from "./ram-principal";

const PRINCIPAL = "aws_ram_principal_association";
const SHARE = "aws_ram_resource_share";

describe("ram-principal", () => {
  it("blocks an account that is not in the config", () => {
    expect(findingsOf(ramPrincipal, created(PRINCIPAL, { principal: "999999999999" }))[0]?.message).toContain(
      "999999999999",
    );
    expect(findingLines(ramPrincipal, created(PRINCIPAL, { principal: "333333333333" }))).toEqual([]);
  });

  it("takes the configured Organization, and no other", () => {
    const inOrganization = (id: string): ReturnType<typeof contextWith> => ({
      ...contextWith(
        created(PRINCIPAL, { principal: `arn:aws:organizations::111111111111:organization/${id}` }),
      ),
      config: { ...CONFIG, organizationId: "o-ours" },
    });
    expect(ramPrincipal.check(inOrganization("o-ours"))).toEqual([]);
    expect(ramPrincipal.check(inOrganization("o-others"))).toHaveLength(1);
  });

  it("blocks a share that opens to outsiders of the Organization", () => {
    const opened = updated(SHARE, { allow_external_principals: false }, { allow_external_principals: true });
    const context = { ...contextWith(opened), config: { ...CONFIG, organizationId: "o-ours" } };
    expect(ramPrincipal.check(context)).toHaveLength(1);
    expect(findingLines(ramPrincipal, opened)).toEqual([]);
  });

  it("warns where the principal is not known yet", () => {
    const later = created(PRINCIPAL, {}, { afterUnknown: { principal: true } });
    expect(findingLines(ramPrincipal, later)).toEqual([`warn ${PRINCIPAL}.Example`]);
  });
});
