/** The real moto and the SDK: a workflow's token is exchanged for a session, as tools/ci does. */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import type { Reply } from "../server/call";
import {
  AUDIENCE,
  exampleIssuer,
  ISSUER,
  SUBJECT,
  type ExampleIssuer,
} from "../services/sts/testing/example-issuer";
import {
  document,
  ExampleDeployment,
  LOB,
  REGION,
  ROLE_PATH,
  roleArn,
  succeeded,
} from "./testing/example-deployment";
import { DENIED_BY } from "./refusal";

// moto takes some seconds to start, and more on a busy machine.
jest.setTimeout(60_000);

const HOST = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::${LOB}:oidc-provider/${HOST}`;
const ROLE = roleArn(LOB, "deploy");

let directory: string;
let deployment: ExampleDeployment;
let issuer: ExampleIssuer;
let keys: Awaited<ReturnType<ExampleIssuer["serve"]>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "web-identity-"));
  issuer = await exampleIssuer();
  keys = await issuer.serve();
  deployment = await ExampleDeployment.start(directory, { tokenIssuers: { [ISSUER]: keys.url } });
  const made = { Url: ISSUER, "ClientIDList.member.1": AUDIENCE };
  succeeded(await deployment.query("iam", { key: LOB }, "CreateOpenIDConnectProvider", made));
  const trust = document({
    Effect: "Allow",
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${HOST}:aud`]: AUDIENCE, [`${HOST}:sub`]: SUBJECT } },
  });
  await deployment.role(LOB, "deploy", { trust });
});

afterAll(async () => {
  await deployment.aws.stop();
  await keys.close();
  await rm(directory, { recursive: true });
});

function client(
  credentials = { accessKeyId: "none", secretAccessKey: "none", sessionToken: "none" },
): STSClient {
  return new STSClient({ region: REGION, endpoint: deployment.aws.endpoint, credentials });
}

function exchange(WebIdentityToken: string, RoleArn = ROLE): AssumeRoleWithWebIdentityCommand {
  return new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "run-1", WebIdentityToken });
}

describe("a workflow's token", () => {
  it("is exchanged for a session in the account of the role", async () => {
    const answer = await client().send(exchange(await issuer.token()));
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: SUBJECT,
      Audience: AUDIENCE,
      Provider: PROVIDER,
      AssumedRoleUser: { Arn: `arn:aws:sts::${LOB}:assumed-role/deploy/run-1` },
    });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
    const session = client({
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    });
    expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe(answer.AssumedRoleUser?.Arn);
  });

  it("gives a session whose calls are all checked", async () => {
    const { Credentials } = await client().send(exchange(await issuer.token()));
    const sender = { key: Credentials?.AccessKeyId ?? "" };
    const read = async (): Promise<number> =>
      (await deployment.json("dynamodb", sender, "DynamoDB_20120810.ListTables", {})).status;
    expect(await read()).toBe(400);
    const ours = { StringEquals: { [`${HOST}:sub`]: SUBJECT, "aws:FederatedProvider": PROVIDER } };
    const policy = {
      Effect: "Allow",
      Action: "dynamodb:ListTables",
      Resource: "*",
      Condition: ours,
    } as const;
    await deployment.putPolicy(LOB, "deploy", document(policy));
    expect(await read()).toBe(200);
  });

  it("gives a session whose other calls are checked by their action alone", async () => {
    const { Credentials } = await client().send(exchange(await issuer.token()));
    const sender = { key: Credentials?.AccessKeyId ?? "" };
    const look = async (): Promise<Reply> => await deployment.query("ec2", sender, "DescribeVpcs", {});
    const refused = await look();
    expect([refused.status, refused.headers[DENIED_BY]]).toEqual([
      403,
      expect.stringMatching(
        /^no Allow of ec2:DescribeVpcs in identity policy|: there is no identity policy$/,
      ),
    ]);
    expect(refused.body.toString()).toContain("<Code>UnauthorizedOperation</Code>");
    await deployment.putPolicy(LOB, "deploy", document({ Effect: "Allow", Action: "ec2:*", Resource: "*" }));
    expect((await look()).status).toBe(200);
  });

  it("of another subject gets AccessDenied, with the reason in a header", async () => {
    const refused = client().send(exchange(await issuer.token({ sub: "repo:somebody/else:pull_request" })));
    await expect(refused).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      $response: {
        headers: { [DENIED_BY]: `no Allow of sts:AssumeRoleWithWebIdentity in trust policy ${ROLE}` },
      },
    });
    const log = await readFile(join(directory, "enforcement.log"), "utf8");
    expect(log).toContain(
      `DENIED sts:AssumeRoleWithWebIdentity: repo:somebody/else:pull_request of ${PROVIDER} on ${ROLE} without an endpoint`,
    );
  });

  it("gets AccessDenied as well for a role that does not exist", async () => {
    await expect(client().send(exchange(await issuer.token(), `${ROLE}-2`))).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    });
  });

  it("that another key signed is refused", async () => {
    const forged = await (await exampleIssuer()).token();
    await expect(client().send(exchange(forged))).rejects.toMatchObject({
      name: "InvalidIdentityTokenException",
    });
  });

  it("is accepted only in accounts that have a provider for its issuer", async () => {
    const elsewhere = `arn:aws:iam::333333333333:role${ROLE_PATH}deploy`;
    await expect(client().send(exchange(await issuer.token(), elsewhere))).rejects.toMatchObject({
      name: "InvalidIdentityTokenException",
      message: `No OpenIDConnect provider found in your account for ${ISSUER}`,
    });
  });

  it("does not appear in any log", async () => {
    const token = await issuer.token();
    await client().send(exchange(token));
    const logs = await readdir(directory);
    const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), "utf8")));
    expect(texts.filter((text) => text.includes("AssumeRoleWithWebIdentity"))).not.toEqual([]);
    expect(texts.filter((text) => text.includes(token.slice(0, 40)))).toEqual([]);
  });
});
