import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Config, OidcIdentity } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import type { Finding } from "../finding";
import { tokenFindings } from "./token-findings";

const NOW = Math.floor(Date.now() / 1000);
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

let server: Server;
let identity: OidcIdentity;

beforeAll(async () => {
  const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "key-1", use: "sig", alg: "RS256" }];
  server = createServer((request, response) => {
    response.statusCode = request.url === "/keys" ? 200 : 404;
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  identity = {
    provider: "oidc",
    preset: "keycloak",
    issuer: "https://sso.example.com/realms/company",
    jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    clientId: "studio",
    audience: "studio-api",
  };
});

afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    }),
);

const CLAIMS = {
  iss: "https://sso.example.com/realms/company",
  aud: "studio-api",
  azp: "studio",
  typ: "Bearer",
  preferred_username: "jane.doe@example.com",
  exp: NOW + 300,
  secret: "not-for-the-log",
};

function tokenOf(changes: object = {}, header: object = {}): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "RS256", kid: "key-1", typ: "JWT", ...header })}.${encode({ ...CLAIMS, ...changes })}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

const manyGroups = Array.from({ length: 51 }, (_, index) => `studio-${index}`);

function configOf(changes: Partial<OidcIdentity> = {}): Config {
  const config = sampleConfig();
  config.identity = { ...identity, ...changes };
  config.linesOfBusiness[0]!.users = ["ann", "jane.doe@example.com"];
  return config;
}

/** Every finding of this file, for the last test. */
const all: Finding[] = [];

async function failures(token: string, changes: Partial<OidcIdentity> = {}): Promise<readonly string[]> {
  const findings = await tokenFindings(token, configOf(changes), NOW);
  all.push(...findings);
  return findings
    .filter(({ result }) => result !== "ok")
    .map(({ check, detail, remedy }) => `${check} ${detail}: ${remedy ?? ""}`);
}

describe("the doctor on a token", () => {
  it("finds nothing in a token that the authorizer accepts, and says whose Studio it opens", async () => {
    const findings = await tokenFindings(tokenOf(), configOf(), NOW);
    all.push(...findings);
    expect(findings.map(({ check, result, detail }) => `${result} ${check}: ${detail}`)).toEqual([
      "ok header alg: as expected: RS256",
      "ok header crit: as expected: not there",
      "ok header typ: as expected: JWT or at+jwt",
      "ok claim exp: as expected: an expiry",
      "ok claim iss: as expected: https://sso.example.com/realms/company",
      "ok claim typ: as expected: Bearer",
      "ok claim aud: as expected: studio-api",
      "ok claim azp: as expected: studio",
      "ok claim preferred_username: calls the user jane.doe@example.com: profile m--jane--doe---example--com in lob-a",
      "ok signature: the authorizer accepts the token",
    ]);
  });

  it.each<[string, readonly string[] | undefined, RegExp]>([
    ["in a group of one line of business", ["studio-a", "others"], /^ok .* who belongs to lob-a by group$/],
    ["in groups of two", ["studio-a", "studio-b"], /^fail .* who is in groups of lob-a and lob-b$/],
    ["in more groups than a token may name", manyGroups, /^fail .* whose groups are too many for a token$/],
    ["in none that counts", ["others"], /^fail .* whom no line of business lists$/],
    ["without the claim", undefined, /^fail .* whom no line of business lists$/],
  ])("says where a user belongs whom nobody lists, %s", async (_name, groups, expected) => {
    const config = configOf({ groupsClaim: "groups", groupPrefix: "studio-" });
    for (const [index, lob] of config.linesOfBusiness.entries()) {
      lob.users = [];
      lob.groups = [`studio-${["a", "b"][index]}`];
    }
    const findings = await tokenFindings(tokenOf({ groups }), config, NOW);
    all.push(...findings);
    const found = findings.find(({ check }) => check === "claim preferred_username");
    expect(`${found?.result} ${found?.detail}`).toMatch(expected);
  });

  it.each<[string, string | (() => string), Partial<OidcIdentity>, RegExp[]]>([
    [
      "an ID token",
      () => tokenOf({ typ: "ID", aud: "studio" }),
      {},
      [/^claim typ .*ID token/, /^claim aud .*ID token/],
    ],
    [
      "an opaque token",
      "2YotnFZFEjr1zCsicMWpAA",
      {},
      [/^token is no signed JWT.*audience, resource or scope/],
    ],
    ["an encrypted token", "e30.a.b.c.d", {}, [/^token is no signed JWT/]],
    ["an issuer with a slash", () => tokenOf({ iss: `${CLAIMS.iss}/` }), {}, [/^claim iss .*slash.*with it/]],
    [
      "another issuer",
      () => tokenOf({ iss: "not-for-the-log" }),
      {},
      [/^claim iss is another.*as the token has it/],
    ],
    [
      "another audience",
      () => tokenOf({ aud: ["not-for-the-log"] }),
      {},
      [/^claim aud is another; expected: studio-api/],
    ],
    ["no audience", () => tokenOf({ aud: undefined }), {}, [/^claim aud is missing.*ask for the API/]],
    [
      "another client",
      () => tokenOf({ azp: "not-for-the-log" }),
      {},
      [/^claim azp is another.*correct clientId/],
    ],
    [
      "the client in another claim",
      () => tokenOf({ azp: undefined, cid: "not-for-the-log" }),
      {},
      [/^claim azp is missing.*the token has cid: choose the preset/],
    ],
    [
      "another type",
      () => tokenOf({}, { typ: "not-for-the-log" }),
      {},
      [/^header typ .*tokenTypes/, /^signature not checked/],
    ],
    [
      "no type",
      () => tokenOf({}, { typ: undefined }),
      {},
      [/^header typ is missing.*"none"/, /^signature not checked/],
    ],
    [
      "another algorithm",
      () => tokenOf({}, { alg: "ES256" }),
      {},
      [/^header alg .*RS256/, /^signature not checked/],
    ],
    ["an expired one", () => tokenOf({ exp: NOW - 1 }), {}, [/^claim exp has passed/]],
    ["one without an expiry", () => tokenOf({ exp: undefined }), {}, [/^claim exp is missing/]],
    ["one of the future", () => tokenOf({ nbf: NOW + 60 }), {}, [/^claim nbf has not come/]],
    [
      "no user name",
      () => tokenOf({ preferred_username: undefined }),
      {},
      [/^claim preferred_username is missing/],
    ],
    [
      "a list for a user name",
      () => tokenOf({ preferred_username: ["a"] }),
      {},
      [/^claim preferred_username is no text/],
    ],
    [
      "a user whom nobody lists",
      () => tokenOf({ preferred_username: "x@example.com" }),
      {},
      [/x@example\.com.*add-user/],
    ],
    [
      "a user in other letters",
      () => tokenOf({ preferred_username: "Jane.Doe@example.com" }),
      {},
      [/Jane\.Doe.*config writes jane\.doe@example\.com: capital/],
    ],
    [
      "a name that has no profile name",
      () => tokenOf({ preferred_username: `${"x".repeat(60)}@example.com` }),
      {},
      [/no profile name.*another claim/],
    ],
    ["a key that is not there", () => tokenOf({}, { kid: "key-2" }), {}, [/^signature no key at .*jwks_uri/]],
    [
      "another signature",
      () => `${tokenOf().slice(0, -8)}AAAAAAAA`,
      {},
      [/^signature is not of the issuer's key/],
    ],
    [
      "keys that are not there",
      () => tokenOf(),
      { jwksUri: "http://127.0.0.1:9/keys" },
      [/^signature the keys cannot be read .*connection.*jwksUri/],
    ],
    [
      "the wrong preset",
      () => tokenOf(),
      { preset: "okta", userNameClaim: "preferred_username" },
      [/^header typ .*preset/, /^claim cid .*the token has azp/, /^signature not checked/],
    ],
  ])("names what is wrong with %s", async (_case, token, changes, expected) => {
    const found = await failures(typeof token === "string" ? token : token(), changes);
    expect(found).toHaveLength(expected.length);
    expected.forEach((text, index) => {
      expect(found[index]).toMatch(text);
    });
  });

  it("says where to look with the stand-in, whose tokens need no such help", async () => {
    await expect(tokenFindings(tokenOf(), sampleConfig(), NOW)).resolves.toMatchObject([
      { check: "token", result: "warn", remedy: expect.stringContaining("open --token-stdin") as unknown },
    ]);
  });

  it("shows nothing of the token but names", () => {
    expect(all.length).toBeGreaterThan(100);
    expect(JSON.stringify(all)).not.toMatch(/not-for-the-log|eyJ/);
  });
});
