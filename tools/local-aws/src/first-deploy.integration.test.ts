/**
 * What a first deploy sent before this project was made ready for a real account, with the refusals of AWS that nobody saw
 * then, and what it sends now.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createDataPlane, startLocalAws, type LocalAws } from "./index";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const GROUPS = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group`;

let directory: string;
let aws: LocalAws;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "studio-access-first-deploy-"));
  const logDirectory = directory;
  aws = await startLocalAws({ logDirectory, extend: (parts) => createDataPlane(parts, { logDirectory }) });
});

afterAll(async () => {
  await aws.stop();
  await rm(directory, { recursive: true });
});

interface Request {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Access key; the operator's by default. */
  readonly key?: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send({
  service,
  method = "POST",
  path = "/",
  key = ACCOUNT,
  ...rest
}: Request): Promise<Answer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
  const headers = { authorization, ...rest.headers };
  const response = await fetch(aws.endpoint + path, {
    method,
    headers,
    ...(rest.body !== undefined && { body: rest.body }),
  });
  return { status: response.status, text: await response.text() };
}

async function query(service: "iam" | "sts", Action: string, parameters: object): Promise<Answer> {
  const body = new URLSearchParams({ Action, Version: "2010-05-08", ...parameters }).toString();
  return await send({ service, body, headers: { "content-type": "application/x-www-form-urlencoded" } });
}

async function rest(service: string, operation: string, input?: object, key?: string): Promise<Answer> {
  const [method = "", path = ""] = operation.split(" ");
  const body = input && JSON.stringify(input);
  return await send({ service, method, path, ...(body && { body }), ...(key && { key }) });
}

/** @throws with AWS's words, when the call is refused */
async function done(answer: Promise<Answer>): Promise<string> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`HTTP ${status}: ${text}`);
  return text;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

function allow(...statements: readonly Statement[]): string {
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

async function role(RoleName: string, principal: object): Promise<string> {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await done(query("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument }));
  return `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
}

async function put(RoleName: string, PolicyDocument: string): Promise<Answer> {
  return await query("iam", "PutRolePolicy", { RoleName, PolicyName: "inline", PolicyDocument });
}

describe("the local AWS refuses what an earlier first deploy sent, and takes what it sends now:", () => {
  it("the role by which API Gateway writes logs", async () => {
    const value = await role("api-log-writer", { Service: "apigateway.amazonaws.com" });
    const actions = ["CreateLogGroup", "CreateLogStream", "DescribeLogStreams", "FilterLogEvents"];
    const Action = [...actions, "GetLogEvents", "PutLogEvents"].map((action) => `logs:${action}`);
    const find = { Action: "logs:DescribeLogGroups", Resource: "*" };
    const save = async (Resource: string | readonly string[]): Promise<Answer> => {
      await done(put("api-log-writer", allow({ Action, Resource }, find)));
      const patchOperations = [{ op: "replace", path: "/cloudwatchRoleArn", value }];
      return await rest("apigateway", "PATCH /account", { patchOperations });
    };
    const own = [`${GROUPS}:/studio-access-local/api/*`, `${GROUPS}:API-Gateway-Execution-Logs_*`];
    const refused = await save(own);
    expect(refused).toEqual({
      status: 400,
      text: expect.stringContaining("The role ARN does not have required permissions configured") as string,
    });
    expect(refused.text).toContain("BadRequestException");
    expect((await save(`${GROUPS}:*`)).status).toBe(200);
  });

  it("the access roles of 100 lines of business in one inline policy", async () => {
    await role("presign", { Service: "lambda.amazonaws.com" });
    const Action = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
    const listed = (count: number): string => {
      const Resource = Array.from({ length: count }, (_, index) => {
        const lob = `lob-${index}`.padEnd(24, "x");
        return `arn:aws:iam::${600_000_000_000 + index}:role/studio-access/productionxx/studio-access-productionxx-${lob}-access`;
      });
      return allow({ Action, Resource });
    };
    const refused = await put("presign", listed(100));
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("<Code>LimitExceeded</Code>");
    expect(refused.text).toContain("Maximum policy size of 10240 bytes exceeded for role presign");
    expect((await put("presign", listed(74))).status).toBe(200);
  });

  it("a sign-in domain with a word of AWS's", async () => {
    const call = async (operation: string, input: object): Promise<Answer> =>
      await send({
        service: "cognito-idp",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
      });
    const pool = JSON.parse(await done(call("CreateUserPool", { PoolName: "people" }))) as {
      readonly UserPool: { readonly Id: string };
    };
    const UserPoolId = pool.UserPool.Id;
    const refused = await call("CreateUserPoolDomain", {
      UserPoolId,
      Domain: `studio-access-awsprod-${ACCOUNT}`,
    });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text)).toMatchObject({
      __type: "InvalidParameterException",
      message: "Domain cannot contain reserved word: aws",
    });
    const made = await call("CreateUserPoolDomain", { UserPoolId, Domain: `studio-access-prod-${ACCOUNT}` });
    expect(made.status).toBe(200);
  });

  it("eight tags of one's own beside the three of the stacks on a hosted zone", async () => {
    const NS = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';
    const made = await send({
      service: "route53",
      path: "/2013-04-01/hostedzone",
      body: `<CreateHostedZoneRequest ${NS}><Name>a.example</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>`,
    });
    const zone = /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(made.text)?.[1] ?? "";
    const tagged = async (own: number): Promise<Answer> => {
      const names = [
        "Project",
        "Environment",
        "Stack",
        ...Array.from({ length: own }, (_, index) => `own-${index}`),
      ];
      const tags = names.map((name) => `<Tag><Key>${name}</Key><Value>x</Value></Tag>`).join("");
      return await send({
        service: "route53",
        path: `/2013-04-01/tags/hostedzone/${zone}`,
        body: `<ChangeTagsForResourceRequest ${NS}><AddTags>${tags}</AddTags></ChangeTagsForResourceRequest>`,
      });
    };
    const refused = await tagged(8);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("<Code>InvalidInput</Code>");
    expect(refused.text).toContain("Member must have length less than or equal to 10");
    expect((await tagged(7)).status).toBe(200);
  });

  it("a plan role that may not list a function's tags, so that every plan adds them again", async () => {
    const trusted = await role("function", { Service: "lambda.amazonaws.com" });
    await done(
      rest("lambda", "POST /2015-03-31/functions", {
        FunctionName: "presign",
        Runtime: "nodejs22.x",
        Role: trusted,
        Handler: "index.handler",
        Code: { ZipFile: EMPTY_ZIP },
        Tags: { Project: "studio-access" },
      }),
    );
    const RoleArn = await role("plan", { AWS: `arn:aws:iam::${ACCOUNT}:root` });
    const seenBy = async (...actions: readonly string[]): Promise<unknown> => {
      await done(put("plan", allow({ Action: actions, Resource: "*" })));
      const session = await done(
        query("sts", "AssumeRole", { RoleArn, RoleSessionName: "plan", Version: "2011-06-15" }),
      );
      const key = /<AccessKeyId>(\w+)<\/AccessKeyId>/.exec(session)?.[1] ?? "";
      const read = await done(rest("lambda", "GET /2015-03-31/functions/presign", undefined, key));
      return (JSON.parse(read) as { readonly Tags?: unknown }).Tags;
    };
    await expect(seenBy("lambda:GetFunction")).resolves.toBeUndefined();
    await expect(seenBy("lambda:GetFunction", "lambda:ListTags")).resolves.toEqual({
      Project: "studio-access",
    });
  });
});

/** A zip with no entries. */
const EMPTY_ZIP = Buffer.from([0x50, 0x4b, 0x05, 0x06, ...Array.from({ length: 18 }, () => 0)]).toString(
  "base64",
);
