import type { Config } from "@studio-access/config";
import { localConfig, synthApp } from "./testing/synth-app";

const lobC: Config["linesOfBusiness"][number] = {
  name: "lob-c",
  account: {
    id: "444444444444",
    credentials: { assumeRole: "arn:aws:iam::444444444444:role/studio-access-deploy" },
  },
  cidr: "10.102.0.0/16",
  domainName: "studio-lob-c",
  users: ["user-lob-c"],
};

function changedBy(before: Config, after: Config): string[] {
  const [old, now] = [synthApp(before), synthApp(after)];
  return [...now.values()].filter(({ name, text }) => old.get(name)?.text !== text).map(({ name }) => name);
}

/** Addresses of all that Terraform manages. */
function addressesOf(config: Config): Set<string> {
  return new Set(
    [...synthApp(config).values()].flatMap(({ name, resources }) =>
      resources
        .filter(({ address }) => !address.startsWith("data."))
        .map(({ address }) => `${name} ${address}`),
    ),
  );
}

/** The config with these users in these lines of business, and no others there. */
function withUsers(config: Config, users: Readonly<Record<string, string[]>>): Config {
  const linesOfBusiness = config.linesOfBusiness.map((lob) => ({
    ...lob,
    users: users[lob.name] ?? lob.users,
  }));
  return { ...config, linesOfBusiness };
}

function including(config: Config, lob: Config["linesOfBusiness"][number]): Config {
  return { ...config, linesOfBusiness: [...config.linesOfBusiness, lob] };
}

describe("a new line of business", () => {
  const config = localConfig();

  it("changes no other stack in an Organization", () => {
    const organization = { ...config, organizationId: "o-exampleorg1" };
    expect(changedBy(organization, including(organization, lobC))).toEqual(["lob-c"]);
  });

  it("changes only the lists of accounts elsewhere", () => {
    expect(changedBy(config, including(config, lobC))).toEqual(["networking", "access", "lob-c"]);
    const before = synthApp(config);
    const after = synthApp(including(config, lobC));
    for (const name of ["networking", "access"]) {
      const withoutAccount = after
        .get(name)
        ?.text.replaceAll(',\\"444444444444\\"', "")
        .replace(/,\\"arn:aws:iam::444444444444:role[^"]*\\"/g, "");
      expect(withoutAccount).toBe(before.get(name)?.text);
    }
  });

  it("asks for an invitation to be accepted only outside an Organization", () => {
    const accepters = (organizationId: string | null): string[] =>
      [...synthApp({ ...config, organizationId }).values()].flatMap(({ resources }) =>
        resources.filter(({ type }) => type === "aws_ram_resource_share_accepter").map(({ stack }) => stack),
      );
    expect(accepters(null)).toEqual(["lob-a", "lob-b"]);
    expect(accepters("o-exampleorg1")).toEqual([]);
  });
});

describe("a user who leaves", () => {
  const before = withUsers(localConfig(), { "lob-a": ["user-lob-a", "leaver"] });
  const after = localConfig();

  it("changes no stack but that of the line of business", () => {
    expect(changedBy(before, after)).toEqual(["lob-a"]);
  });

  it("takes along the profile, the row in the directory and the sign-in, and nothing else", () => {
    const left = addressesOf(after);
    const gone = [...addressesOf(before)].filter((address) => !left.has(address));
    expect(gone.map((address) => address.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
      "lob-a aws_cognito_user.SignIns_User-leaver",
      "lob-a aws_dynamodb_table_item.Directory_User-leaver",
      "lob-a aws_sagemaker_user_profile.Studio_User-leaver",
      "lob-a terraform_data.SignIns_Password-leaver",
    ]);
  });
});

describe("a user who moves", () => {
  const before = withUsers(localConfig(), { "lob-a": ["user-lob-a", "mover"] });
  const after = withUsers(localConfig(), { "lob-b": ["user-lob-b", "mover"] });

  it("changes the two lines of business, and no stack that others read", () => {
    expect(changedBy(before, after)).toEqual(["lob-a", "lob-b"]);
  });
});
