import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { AccountConfig } from "@studio-access/config";
import { sampleConfig, sampleLob } from "@studio-access/config/testing";

import { accountSessions, credentialsFile, type Assume } from "./account-sessions";
import { identityToken } from "./identity-token";

const account = (id: string, profile: string): AccountConfig => ({
  id,
  credentials: { profile },
});

const config = {
  ...sampleConfig(),
  environment: "local",
  sharedServices: account("111111111111", "shared"),
  linesOfBusiness: [
    { ...sampleLob("lob-a", "222222222222", "10.100.0.0/16"), account: account("222222222222", "lob-a") },
    { ...sampleLob("lob-c", "444444444444", "10.102.0.0/16"), account: account("444444444444", "lob-c") },
  ],
};

const ROLE = "arn:aws:iam::111111111111:role/studio-access-ci/local/studio-access-local-ci-plan";

/** An STS that does not know the role of one account. */
function assumeBut(unknown: string): Assume {
  return (roleArn) =>
    roleArn.includes(unknown)
      ? Promise.reject(Object.assign(new Error("token eyJ… is not trusted"), { name: "AccessDenied" }))
      : Promise.resolve({ accessKeyId: "id", secretAccessKey: "secret", sessionToken: roleArn });
}

describe("the sessions of a run", () => {
  it("are one per account, of the role that the stacks ci-access make, in the profiles of the config", async () => {
    const found = await accountSessions(config, "plan", assumeBut("none"));
    expect(found.sessions.map(({ profile }) => profile)).toEqual(["shared", "lob-a", "lob-c"]);
    expect(found.sessions[0]?.session.sessionToken).toBe(ROLE);
    const file = credentialsFile(found);
    expect(file.match(/^\[.+\]$/gm)).toEqual(["[default]", "[shared]", "[lob-a]", "[lob-c]"]);
    expect(file).toContain(
      `[default]\naws_access_key_id = id\naws_secret_access_key = secret\naws_session_token = ${ROLE}\n`,
    );
  });

  it("leave out the account of a new line of business, which has no role yet, and say so without the token", async () => {
    const { sessions, refused } = await accountSessions(config, "plan", assumeBut("444444444444"));
    expect(sessions).toHaveLength(2);
    expect(refused).toEqual([
      {
        profile: "lob-c",
        reason: "account 444444444444 gives this run no session of its plan role (AccessDenied)",
      },
    ]);
  });

  it("fail without the shared-services account", async () => {
    await expect(accountSessions(config, "apply", assumeBut("111111111111"))).rejects.toThrow(
      "account 111111111111 gives this run no session of its apply role (AccessDenied). Deploy the stack ci-access",
    );
  });

  it.each([
    { id: "111111111111", credentials: { assumeRole: "arn:aws:iam::111111111111:role/any" } },
    account("111111111111", "two\n[lines]"),
    account("1111", "shared"),
  ])("are refused for a config whose profiles no workflow can fill", async (sharedServices) => {
    await expect(accountSessions({ ...config, sharedServices }, "plan", assumeBut("none"))).rejects.toThrow(
      "has no profile in the config that a workflow could fill",
    );
  });
});

describe("the identity of a run", () => {
  let server: Server;
  let asked: string[];
  let status: number;

  beforeEach(async () => {
    asked = [];
    status = 200;
    server = createServer((request, response) => {
      asked.push(`${request.url ?? ""} ${request.headers.authorization ?? ""}`);
      response.writeHead(status).end(JSON.stringify({ value: "identity" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const environment = (): Record<string, string> => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-secret",
  });

  it("is asked of GitHub, for AWS alone", async () => {
    await expect(identityToken(environment())).resolves.toBe("identity");
    expect(asked).toEqual(["/token?api-version=2&audience=sts.amazonaws.com Bearer request-secret"]);
  });

  it("is missing in a job without id-token: write, as in every pull request from a fork", async () => {
    await expect(identityToken({})).rejects.toThrow("id-token: write");
  });

  it("is refused without a word of the secret", async () => {
    status = 403;
    const failure = await identityToken(environment()).catch((error: unknown) => String(error));
    expect(failure).toContain("403");
    expect(failure).not.toContain("request-secret");
  });
});
