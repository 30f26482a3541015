import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { examineText, type Config } from "@studio-access/config";

import type { InitSources } from "./answers";
import type { InitFlags } from "./flags";
import { init } from "./init";
import type { OrganizationAccount } from "./organization-accounts";

const ROOT = "/checkout";
const GIVEN: Omit<InitFlags, "config"> = {
  region: "eu-west-1",
  zones: ["euw1-az1", "euw1-az2"],
  organization: "o-abcdefghij",
  sharedServices: "111122223333",
  profile: "infra-{name}",
  lob: ["lob-a=444455556666:ann,bob", "lob-b=777788889999"],
  corporateCidrs: ["192.168.10.0/24"],
};

const WITHOUT_CLAIM = {
  oidcIssuer: "https://login.example.com",
  oidcJwksUri: "https://login.example.com/keys",
  oidcClientId: "portal",
  oidcAudience: "studio-access",
};
const OIDC = { ...WITHOUT_CLAIM, oidcUserNameClaim: "preferred_username" };
const IDENTITY = {
  provider: "oidc",
  issuer: OIDC.oidcIssuer,
  jwksUri: OIDC.oidcJwksUri,
  clientId: OIDC.oidcClientId,
  audience: OIDC.oidcAudience,
  userNameClaim: OIDC.oidcUserNameClaim,
};

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
  file = join(folder, "prod.json");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** No terminal, and no AWS, except what is given. */
function sources(given: Partial<InitSources> = {}): InitSources {
  return {
    ask: undefined,
    tell: () => undefined,
    accounts: () => Promise.resolve(undefined),
    zones: () => Promise.resolve(undefined),
    organization: () => Promise.resolve(undefined),
    settings: (_access, _account, region) => ({
      region,
      credentials: () => Promise.reject(new Error("none")),
    }),
    ...given,
  };
}

/** Answers the questions that begin so; others get what is proposed. */
function answering(
  answers: Readonly<Record<string, string>>,
): { readonly asked: string[] } & Pick<InitSources, "ask"> {
  const asked: string[] = [];
  const left = { ...answers };
  return {
    asked,
    ask: (question, proposed) => {
      asked.push(question);
      const known = Object.keys(left).find((start) => question.startsWith(start));
      const answer = known === undefined ? proposed : left[known];
      if (known !== undefined) Reflect.deleteProperty(left, known);
      return answer === undefined
        ? Promise.reject(new Error(`no answer: ${question}`))
        : Promise.resolve(answer);
    },
  };
}

function written(): Config {
  const validation = examineText(readFileSync(file, "utf8"));
  if ("problems" in validation) throw new Error(JSON.stringify(validation.problems));
  return validation.config;
}

describe("./studio init", () => {
  it("makes a config of the options alone, and says what comes next", async () => {
    const printed = await init({ ...GIVEN, config: file }, ROOT, sources());
    expect(written()).toMatchObject({
      environment: "prod",
      organizationId: "o-abcdefghij",
      availabilityZoneIds: ["euw1-az1", "euw1-az2"],
      sharedServices: { id: "111122223333", credentials: { profile: "infra-shared-services" } },
      linesOfBusiness: [
        { name: "lob-a", users: ["ann", "bob"] },
        { name: "lob-b", users: [] },
      ],
      onPremise: null,
    });
    expect(printed).toMatch(
      /For the network team\n1\. Reserve 10\.0\.0\.0\/16 \(hub\)[^]*For the identity team/,
    );
    expect(printed).toContain(`./studio doctor --config ${file}`);
  });

  it("never overwrites a file, and asks nothing before it says so", async () => {
    writeFileSync(file, "mine");
    await expect(init({ config: file }, ROOT, sources())).rejects.toThrow(
      "is there already, and stays as it is",
    );
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("names every option that is missing without a terminal", async () => {
    await expect(init({ config: file, profile: "x" }, ROOT, sources())).rejects.toThrow(
      "Missing:\n  --region CODE\n  --shared-services ACCOUNT\n  --lob NAME=ACCOUNT:USER,USER\n  --corporate-cidrs RANGES",
    );
  });

  it("writes nothing that has problems, and lists these", async () => {
    await expect(init({ ...GIVEN, config: file, sharedServices: "12" }, ROOT, sources())).rejects.toThrow(
      /prod\.json, which was not written, would have: 1 problem\n\n1\. sharedServices\.id = "12"/,
    );
    expect(existsSync(file)).toBe(false);
  });

  it("looks zones and Organization up in the shared-services account", async () => {
    const rest = { ...GIVEN };
    Reflect.deleteProperty(rest, "zones");
    Reflect.deleteProperty(rest, "organization");
    const zones = (): Promise<readonly string[]> => Promise.resolve(["euw1-az1", "euw1-az3", "euw1-az2"]);
    await init(
      { ...rest, config: file },
      ROOT,
      sources({ zones, organization: () => Promise.resolve(null) }),
    );
    expect(written()).toMatchObject({ availabilityZoneIds: ["euw1-az1", "euw1-az3"], organizationId: null });
  });

  it.each([
    ["zones", "--zones ID ID"],
    ["organization", "--organization ID"],
  ] as const)("asks for the %s by option where AWS does not say", async (missing, option) => {
    const given = { ...GIVEN, config: file };
    Reflect.deleteProperty(given, missing);
    await expect(init(given, ROOT, sources())).rejects.toThrow(option);
  });

  it("sends no credentials to a host of a region that is none", async () => {
    const settings = jest.fn();
    const given = { ...GIVEN, config: file, region: "evil.example.com/" };
    await expect(init(given, ROOT, sources({ settings }))).rejects.toThrow("is no region");
    expect(settings).not.toHaveBeenCalled();
  });

  it("asks on a terminal for what no option gives, and proposes what it can", async () => {
    const person = answering({
      Region: "eu-west-1",
      "Account id": "111122223333",
      "A line of business": "lob-a=444455556666:ann",
      Networks: "192.168.10.0/24, 192.168.20.0/24",
      "Ids of two": "euw1-az1 euw1-az2",
    });
    await init({ config: file }, ROOT, sources({ ask: person.ask }));
    expect(person.asked).toHaveLength(10);
    expect(written()).toMatchObject({
      environment: "prod",
      organizationId: null,
      sharedServices: { credentials: { profile: "studio-access-shared-services" } },
      network: { corporateCidrs: ["192.168.10.0/24", "192.168.20.0/24"] },
    });
  });

  it("shows the Organization's accounts before it asks for one", async () => {
    const told: string[] = [];
    const person = answering({ "A line of business": "lob-a=444455556666:ann" });
    const given = { ...GIVEN, config: file };
    Reflect.deleteProperty(given, "lob");
    const accounts = (): Promise<readonly OrganizationAccount[]> =>
      Promise.resolve([{ id: "444455556666", name: "Research" }]);
    await init(given, ROOT, sources({ ask: person.ask, accounts, tell: (text) => told.push(text) }));
    expect(told).toEqual(["Accounts of your Organization:\n  444455556666  Research"]);
  });

  it("lists no accounts for a region that is none", async () => {
    const accounts = jest.fn();
    const { ask } = answering({});
    const given = { config: file, region: "evil.example.com/" };
    await expect(init(given, ROOT, sources({ ask, accounts }))).rejects.toThrow("is no region");
    expect(accounts).not.toHaveBeenCalled();
  });

  it("takes the company's own provider, and tells its team what tokens must carry", async () => {
    const printed = await init({ ...GIVEN, ...OIDC, config: file }, ROOT, sources());
    expect(written().identity).toEqual(IDENTITY);
    expect(printed.replace(/\s+/g, " ")).toMatch(
      /client portal at https:\/\/login\.example\.com: .* aud studio-access, client_id portal.* claim preferred_username name the users/,
    );
    expect(printed).not.toContain("Cognito");
  });

  it("names the options of a provider that are missing without a terminal", async () => {
    const given = { ...GIVEN, config: file, oidcIssuer: "https://login.example.com", oidcClientId: "portal" };
    await expect(init(given, ROOT, sources())).rejects.toThrow(
      "Missing:\n  --oidc-jwks-uri URL\n  --oidc-audience NAME\n  --oidc-user-name-claim NAME",
    );
    expect(existsSync(file)).toBe(false);
  });

  it("asks for the rest of a provider on a terminal", async () => {
    const { ask } = answering({
      "Issuer of your": "https://login.example.com",
      "URL of its keys": "https://login.example.com/keys",
      "Client id": "portal",
      Audience: "studio-access",
    });
    await init({ ...GIVEN, config: file }, ROOT, sources({ ask }));
    expect(written().identity).toEqual({ ...IDENTITY, preset: "rfc9068" });
  });

  it("takes a preset, which may know the claim of the user name", async () => {
    const printed = await init(
      { ...GIVEN, ...WITHOUT_CLAIM, oidcPreset: "okta", config: file },
      ROOT,
      sources(),
    );
    expect(written().identity).toEqual({ ...IDENTITY, userNameClaim: undefined, preset: "okta" });
    expect(printed.replace(/\s+/g, " ")).toMatch(
      /docs\/identity\.md#okta.* type none, .* cid portal.* claim sub name/,
    );
  });

  it("still asks for the claim where the preset leaves it open", async () => {
    await expect(
      init({ ...GIVEN, ...WITHOUT_CLAIM, oidcPreset: "entra", config: file }, ROOT, sources()),
    ).rejects.toThrow("Missing:\n  --oidc-user-name-claim NAME");
  });

  it.each([
    [
      "entra",
      "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0",
      "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/discovery/v2.0/keys",
    ],
    ["okta", "https://example.okta.com/oauth2/default", "https://example.okta.com/oauth2/default/v1/keys"],
    ["auth0", "https://example.eu.auth0.com/", "https://example.eu.auth0.com/.well-known/jwks.json"],
    [
      "keycloak",
      "https://sso.example.com/realms/company",
      "https://sso.example.com/realms/company/protocol/openid-connect/certs",
    ],
  ])("proposes the preset %s and its keys for the issuer %s", async (preset, issuer, jwksUri) => {
    const { ask } = answering({
      "Issuer of your": issuer,
      "Client id": "portal",
      Audience: "studio-access",
      "Claim of the access": "oid",
    });
    await init(
      { ...GIVEN, config: file, lob: ["lob-a=444455556666:jane.doe@example.com"] },
      ROOT,
      sources({ ask }),
    );
    expect(written().identity).toMatchObject({ preset, issuer, jwksUri });
    expect(written().linesOfBusiness[0]?.users).toEqual(["jane.doe@example.com"]);
  });

  it.each(["lob-a", "lob-a:444455556666", "=444455556666"])(
    "does not guess what --lob %s means",
    async (lob) => {
      await expect(init({ ...GIVEN, config: file, lob: [lob] }, ROOT, sources())).rejects.toThrow(
        "write NAME=ACCOUNT:USER,USER",
      );
    },
  );

  it("names the schema of the checkout", async () => {
    await init({ ...GIVEN, config: file }, folder, sources());
    expect(written().$schema).toBe("./config/schema.json");
  });
});
