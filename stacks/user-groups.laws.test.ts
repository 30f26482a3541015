import type { Config } from "@studio-access/config";

import { inOrganization, withGroups, withGroupsAlone, withOidc } from "./testing/configs";
import { allResources, localConfig, object, synthApp, text } from "./testing/synth-app";

const config = localConfig();

/** `stack address` of all that Terraform manages, without the address's hash. */
function addressesOf(of: Config): string[] {
  return allResources(synthApp(of))
    .filter(({ address }) => !address.startsWith("data."))
    .map(({ stack, address }) => `${stack} ${address.replace(/_[0-9A-F]{8}$/, "")}`);
}

function itemsOf(of: Config): unknown[] {
  return allResources(synthApp(of))
    .filter(({ type }) => type === "aws_dynamodb_table_item")
    .map(({ body }) => JSON.parse(text(body["item"])) as unknown);
}

function variablesOf(of: Config, part: string): unknown {
  const [found] = allResources(synthApp(of)).filter(
    ({ type, path }) => type === "aws_lambda_function" && path.includes(part),
  );
  return object(object(found?.body["environment"])["variables"]);
}

describe("lines of business with groups", () => {
  it("change no byte of any stack where the list of groups is empty", () => {
    const texts = (of: Config): string[] => [...synthApp(of).values()].map(({ text: bytes }) => bytes);
    const linesOfBusiness = config.linesOfBusiness.map((lob) => ({ ...lob, groups: [] }));
    const identity = { ...config.identity, groupPrefix: "studio-" };
    expect(texts({ ...config, identity, linesOfBusiness })).toEqual(texts(config));
  });

  it("add a table, a role and a row for each group, and leave every other address as it is", () => {
    const before = addressesOf(config);
    const after = addressesOf(withGroups(config));
    expect(before.filter((address) => !after.includes(address))).toEqual([]);
    expect(after.filter((address) => !before.includes(address))).toEqual([
      "access aws_dynamodb_table.Directory_Groups",
      ...["lob-a", "lob-b"].flatMap((lob) => [
        `${lob} aws_cognito_user_group.SignIns_Group-studio-2Fpeople2F${lob}`,
        `${lob} aws_cognito_user_group.SignIns_Group-studio-${lob}`,
        `${lob} aws_dynamodb_table_item.Directory_Group-studio-2Fpeople2F${lob}`,
        `${lob} aws_dynamodb_table_item.Directory_Group-studio-${lob}`,
        `${lob} aws_iam_role.ProfileMaker_Role`,
        `${lob} aws_iam_role_policy.ProfileMaker_Policy`,
      ]),
    ]);
  });

  it("keep the profile and the sign-in of a user who was listed, by the very addresses", () => {
    const listed = allResources(synthApp(config)).filter(
      ({ stack, type }) =>
        stack === "lob-a" && ["aws_sagemaker_user_profile", "aws_cognito_user"].includes(type),
    );
    const alone = withGroupsAlone(config);
    const [first, ...others] = alone.linesOfBusiness;
    const moved = { ...alone, linesOfBusiness: [{ ...first!, formerUsers: ["user-lob-a"] }, ...others] };
    expect(new Set(synthApp(moved).get("lob-a")?.json["removed"] as object[])).toEqual(
      new Set(listed.map(({ address }) => ({ from: address, lifecycle: { destroy: false } }))),
    );
    expect(listed).toHaveLength(2);
    expect(synthApp(alone).get("lob-a")?.json).not.toHaveProperty("removed");
  });

  it("have a row for each group, and their maker in their own", () => {
    const items = itemsOf(withGroupsAlone(config));
    const maker = { S: expect.stringContaining("aws_iam_role.ProfileMaker_Role") as unknown };
    expect(items).toEqual([
      { PK: { S: "studio-a" }, LOB: { S: "lob-a" } },
      expect.objectContaining({ PK: { S: "lob-a" }, PROFILE_MAKER_ROLE_ARN: maker }),
      expect.not.objectContaining({ PROFILE_MAKER_ROLE_ARN: maker }),
      { PK: { S: "user-lob-b" }, LOB: { S: "lob-b" } },
    ]);
  });

  it("tell the functions where groups stand", () => {
    expect(variablesOf(withGroups(config), "AuthorizerFunction")).toMatchObject({
      GROUPS_CLAIM: "cognito:groups",
      GROUP_PREFIX: "studio-",
    });
    const oidc = withOidc(config);
    const entra = { ...oidc, identity: { ...oidc.identity, preset: "entra" } } as Config;
    expect(variablesOf(withGroupsAlone(entra), "AuthorizerFunction")).toMatchObject({
      GROUPS_CLAIM: "groups",
    });
    expect(variablesOf(withGroupsAlone(entra), "AuthorizerFunction")).not.toHaveProperty("GROUP_PREFIX");
    expect(variablesOf(withGroups(config), "PresignFunction")).toMatchObject({
      GROUPS_TABLE: expect.stringContaining("Directory_Groups") as unknown,
    });
    expect(variablesOf(config, "PresignFunction")).not.toHaveProperty("GROUPS_TABLE");
  });

  it("are a change of the line of business alone, once another has groups in the Organization", () => {
    const one = withGroupsAlone(inOrganization(config));
    const [first, second, ...others] = one.linesOfBusiness;
    const two = { ...one, linesOfBusiness: [first!, { ...second!, groups: ["studio-b"] }, ...others] };
    const [before, after] = [synthApp(one), synthApp(two)];
    expect(
      [...after].filter(([name, { text: bytes }]) => before.get(name)?.text !== bytes).map(([name]) => name),
    ).toEqual(["lob-b"]);
  });
});
