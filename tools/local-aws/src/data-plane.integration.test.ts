import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createDataPlane, type FullDataPlane } from "./data-plane";
import { ACCOUNT, ExampleCaller, REGION, signed, type Answer } from "./testing/data-plane-example";
import { closeDns, deployHub, dissociate, type ExampleHub } from "./testing/data-plane-network-example";
import { startLocalAws, type LocalAws } from "./index";
import { zipOf } from "./lambda-runtime/testing/example-zip";

// Starting processes takes long on a busy machine.
jest.setTimeout(30_000);

const AUTHORIZER = `
exports.handler = async (event) => {
  const user = event.headers.Authorization.replace("Bearer ", "");
  if (user === "stranger") throw new Error("Unauthorized");
  if (user === "broken") throw new Error("the key server is away");
  const base = event.methodArn.split("/").slice(0, 3).join("/");
  const statement = (Effect, key, Resource) => ({ Effect, Action: "execute-api:Invoke", [key]: Resource });
  const own = base + "/" + user;
  return {
    principalId: user,
    policyDocument: { Version: "2012-10-17", Statement: [statement("Allow", "Resource", own), statement("Deny", "NotResource", own)] },
    context: { userName: user, calls: (global.calls = (global.calls ?? 0) + 1) },
  };
};`;

/** Answers with the version of its code, its event, and the reply of STS through the network. */
const presignCode = (version: string): string => `
const https = require("https");
exports.handler = (event) => new Promise((resolve) => {
  const answer = (sts) => resolve({ statusCode: 200, body: JSON.stringify({ version: "${version}", sts, event }) });
  const key = process.env.AWS_ACCESS_KEY_ID;
  const request = https.request({
    method: "POST", hostname: "sts.${REGION}.amazonaws.com", timeout: 300,
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/${REGION}/sts/aws4_request, SignedHeaders=host, Signature=none",
      "content-type": "application/x-www-form-urlencoded",
    },
  }, (response) => { let text = ""; response.on("data", (chunk) => (text += chunk)); response.on("end", () => answer(text)); });
  request.on("timeout", () => request.destroy(new Error("no answer")));
  request.on("error", (error) => answer(error.message));
  request.end("Action=GetCallerIdentity&Version=2011-06-15");
});`;

interface Presigned {
  readonly version: string;
  readonly sts: string;
  readonly event: {
    readonly requestContext: {
      readonly identity: object;
      readonly authorizer: { readonly calls: string; readonly userName: string };
    };
  };
}

let folder: string;
let local: LocalAws;
let aws: ExampleCaller;
let plane: FullDataPlane | undefined;
let hub: ExampleHub;
let apiId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-plane-"));
  local = await startLocalAws({
    logDirectory: folder,
    extend: (parts) => (plane = createDataPlane(parts, { logDirectory: folder })),
  });
  aws = new ExampleCaller(local);
  hub = await deployHub(aws);
  apiId = await deployApi();
}, 60_000);

afterAll(async () => {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

async function deployApi(): Promise<string> {
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  };
  const role = ["CreateRoleResult", "Role", "Arn"];
  const Role = await aws.query(
    "iam",
    "CreateRole",
    { RoleName: "function", AssumeRolePolicyDocument: JSON.stringify(trust) },
    ...role,
  );
  const authorizer = await aws.deployFunction("authorizer", AUTHORIZER, { Role });
  const VpcConfig = { SubnetIds: [hub.spokeSubnetId], SecurityGroupIds: [hub.spokeGroupId] };
  const presign = await aws.deployFunction("presign", presignCode("one"), { Role, VpcConfig });
  await aws.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/api" });
  const endpointConfiguration = { types: ["PRIVATE"], vpcEndpointIds: [hub.apiEndpointId] };
  const api = await aws.rest("apigateway", "POST", "/restapis", { name: "door", endpointConfiguration });
  const id = api["id"] ?? "";
  const at = `/restapis/${id}`;
  await aws.rest("apigateway", "PATCH", at, {
    patchOperations: [{ op: "replace", path: "/policy", value: apiPolicy() }],
  });
  const uri = (arn: string): string =>
    `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;
  const made = await aws.rest("apigateway", "POST", `${at}/authorizers`, {
    name: "token",
    type: "REQUEST",
    authorizerUri: uri(authorizer),
    authorizerCredentials: await callerRole(authorizer),
    identitySource: "method.request.header.Authorization",
    authorizerResultTtlInSeconds: 60,
  });
  const resource = await aws.rest("apigateway", "POST", `${at}/resources/${api["rootResourceId"] ?? ""}`, {
    pathPart: "{user_id}",
  });
  const method = `${at}/resources/${resource["id"] ?? ""}/methods/GET`;
  await aws.rest("apigateway", "PUT", method, { authorizationType: "CUSTOM", authorizerId: made["id"] });
  await aws.rest("apigateway", "PUT", `${method}/integration`, {
    type: "AWS_PROXY",
    httpMethod: "POST",
    uri: uri(presign),
  });
  await permit("presign", `arn:aws:execute-api:${REGION}:${ACCOUNT}:${id}/studio/GET/*`);
  await putGatewayResponse(id, "no-store");
  await aws.rest("apigateway", "POST", `${at}/stages`, {
    stageName: "studio",
    deploymentId: await newDeployment(id),
  });
  const log = (path: string, value: string): object => ({
    op: "replace",
    path: `/accessLogSettings/${path}`,
    value,
  });
  const destination = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/api`;
  const format =
    '{"user":"$context.authorizer.principalId","status":"$context.status","vpce":"$context.identity.vpceId","none":"$context.waf.status"}';
  await aws.rest("apigateway", "PATCH", `${at}/stages/studio`, {
    patchOperations: [log("destinationArn", destination), log("format", format)],
  });
  return id;
}

/** The role that API Gateway assumes to invoke the authorizer. */
async function callerRole(functionArn: string): Promise<string> {
  const Condition = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
  const trust = {
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition,
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const parameters = { RoleName: "caller", Path: "/door/", AssumeRolePolicyDocument };
  const arn = await aws.query("iam", "CreateRole", parameters, "CreateRoleResult", "Role", "Arn");
  await allowCaller(functionArn);
  return arn;
}

async function allowCaller(functionArn: string): Promise<void> {
  const statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await aws.query("iam", "PutRolePolicy", { RoleName: "caller", PolicyName: "invoke", PolicyDocument });
}

function apiPolicy(): string {
  const statement = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
  const way = { "aws:SourceVpce": hub.apiEndpointId };
  const Statement = [
    { Effect: "Allow", ...statement },
    { Effect: "Deny", ...statement, Condition: { StringNotEquals: way } },
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

async function permit(name: string, SourceArn: string): Promise<void> {
  const body = {
    StatementId: "api",
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
    SourceArn,
  };
  await aws.rest("lambda", "POST", `/2015-03-31/functions/${name}/policy`, body);
}

async function putGatewayResponse(id: string, cacheControl: string): Promise<void> {
  await aws.rest("apigateway", "PUT", `/restapis/${id}/gatewayresponses/UNAUTHORIZED`, {
    statusCode: "401",
    responseParameters: { "gatewayresponse.header.Cache-Control": `'${cacheControl}'` },
    responseTemplates: { "application/json": '{"code":"unauthorized","requestId":"$context.requestId"}' },
  });
}

async function newDeployment(id: string): Promise<string> {
  const { id: deploymentId = "" } = await aws.rest("apigateway", "POST", `/restapis/${id}/deployments`, {});
  return deploymentId;
}

async function get(user: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return await aws.http("GET", `/execute-api/${apiId}/studio/${user}`, headers);
}

const inside = (user: string): Record<string, string> => ({
  authorization: `Bearer ${user}`,
  "x-local-vantage": "access",
});

describe("a private API", () => {
  it("runs authorizer and function from their zips, with the request's endpoint in their events", async () => {
    const answer = await get("alice", inside("alice"));
    expect(answer.status).toBe(200);
    const { version, event } = answer.json as Presigned;
    expect(version).toBe("one");
    expect(event.requestContext.identity).toMatchObject({
      vpceId: hub.apiEndpointId,
      vpcId: hub.hubVpcId,
      sourceIp: expect.stringMatching(/^10\.1\.1\./) as string,
    });
    expect(event.requestContext.authorizer).toMatchObject({ userName: "alice", principalId: "alice" });
  });

  it("answers 403 to requests from the internet", async () => {
    const answer = await get("alice", { ...inside("alice"), "x-local-vantage": "internet" });
    expect([answer.status, answer.headers["x-amzn-errortype"], answer.json]).toEqual([
      403,
      "ForbiddenException",
      { message: "Forbidden" },
    ]);
  });

  it("answers at its own host name as well", async () => {
    const host = `${apiId}.execute-api.${REGION}.amazonaws.com`;
    expect((await aws.http("GET", "/studio/alice", { ...inside("alice"), host })).status).toBe(200);
  });

  it("lists the known vantages in its reply to an unknown one", async () => {
    const answer = await get("alice", { ...inside("alice"), "x-local-vantage": "mars" });
    expect([answer.status, answer.json]).toEqual([
      400,
      { message: 'unknown vantage "mars": use one of networking, access, internet' },
    ]);
  });

  it("invokes the authorizer once for a token", async () => {
    const calls = async (): Promise<string> =>
      ((await get("carol", inside("carol"))).json as Presigned).event.requestContext.authorizer.calls;
    expect(await calls()).toBe(await calls());
  });

  it.each<[string, Record<string, string>, number, unknown]>([
    ["no token", { "x-local-vantage": "access" }, 401, { code: "unauthorized" }],
    ["a token that the authorizer rejects", inside("stranger"), 401, { code: "unauthorized" }],
    ["an authorizer that fails", inside("broken"), 500, { message: null }],
    [
      "another user's path",
      inside("mallory"),
      403,
      { Message: "User is not authorized to access this resource with an explicit deny" },
    ],
  ])("answers %s", async (_, headers, status, body) => {
    const answer = await get("alice", headers);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject(body as object);
  });

  it("answers an unknown path without invoking a function", async () => {
    const answer = await aws.http("GET", `/execute-api/${apiId}/studio/alice/more`, inside("alice"));
    expect([answer.status, answer.json]).toEqual([403, { message: "Missing Authentication Token" }]);
  });

  it("does not change until it is deployed again", async () => {
    await putGatewayResponse(apiId, "private");
    expect((await get("alice", { "x-local-vantage": "access" })).headers["cache-control"]).toBe("no-store");
    const value = await newDeployment(apiId);
    const patchOperations = [{ op: "replace", path: "/deploymentId", value }];
    await aws.rest("apigateway", "PATCH", `/restapis/${apiId}/stages/studio`, { patchOperations });
    expect((await get("alice", { "x-local-vantage": "access" })).headers["cache-control"]).toBe("private");
  });

  it("can invoke a function only as long as the function's policy allows it", async () => {
    await aws.http("DELETE", "/2015-03-31/functions/presign/policy/api", signed("lambda"));
    const answer = await get("alice", inside("alice"));
    expect([answer.status, answer.json]).toEqual([500, { message: "Internal server error" }]);
    await permit("presign", `arn:aws:execute-api:${REGION}:${ACCOUNT}:${apiId}/studio/GET/*`);
    expect((await get("alice", inside("alice"))).status).toBe(200);
  });

  it("can invoke the authorizer only as long as the authorizer's role allows it", async () => {
    const functionArn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:authorizer`;
    await allowCaller(`${functionArn}-2`);
    expect((await get("erin", inside("erin"))).status).toBe(500);
    await allowCaller(functionArn);
    expect((await get("erin", inside("erin"))).status).toBe(200);
  });

  it("writes the access log in the deployed format", async () => {
    await get("dave", inside("dave"));
    await plane?.flushLogs();
    const log = (await aws.json("logs", "Logs_20140328.FilterLogEvents", { logGroupName: "/api" })) as {
      events: { message: string }[];
    };
    expect(log.events.map((event) => event.message)).toContain(
      `{"user":"dave","status":"200","vpce":"${hub.apiEndpointId}","none":"-"}`,
    );
  });
});

describe("a function", () => {
  it("runs its newest code, also for a signed Invoke", async () => {
    const ZipFile = (await zipOf({ "index.js": presignCode("two") })).toString("base64");
    await aws.rest("lambda", "PUT", "/2015-03-31/functions/presign/code", { ZipFile });
    const answer = await aws.http(
      "POST",
      "/2015-03-31/functions/presign/invocations",
      signed("lambda"),
      '{"plain":true}',
    );
    const { body } = answer.json as { body: string };
    expect(JSON.parse(body)).toMatchObject({ version: "two", event: { plain: true } });
  });

  it("reports its errors to a signed Invoke in Lambda's format", async () => {
    const answer = await aws.http(
      "POST",
      "/2015-03-31/functions/authorizer/invocations",
      signed("lambda"),
      "{}",
    );
    expect([answer.status, answer.headers["x-amz-function-error"]]).toEqual([200, "Unhandled"]);
    expect(answer.json).toMatchObject({ errorType: "TypeError" });
  });

  it("calls AWS with its execution role, through the endpoint that its VPC resolves", async () => {
    const { sts } = (await get("alice", inside("alice"))).json as Presigned;
    expect(sts).toContain(`arn:aws:sts::${ACCOUNT}:assumed-role/function/presign`);
    const log = await readFile(join(folder, "requests.jsonl"), "utf8");
    expect(log).toContain(`"vpcEndpointId":"${hub.stsEndpointId}"`);
  });

  it("does not find what its VPC's DNS firewall does not name, and the log gives the reason", async () => {
    const sts = `sts.${REGION}.amazonaws.com`;
    const api = `*.execute-api.${REGION}.amazonaws.com`;
    const firewall = await closeDns(aws, hub.spokeVpcId, [api]);
    const answer = async (): Promise<unknown> =>
      ((await get("alice", inside("alice"))).json as Presigned).sts;
    expect(await answer()).not.toContain("assumed-role");
    const log = await readFile(join(folder, "network.log"), "utf8");
    expect(log).toContain(`function presign → ${sts}: the DNS firewall of ${hub.spokeVpcId} blocks ${sts}`);
    await firewall.allow([api, sts]);
    expect(await answer()).toContain("assumed-role/function/presign");
  });

  it("gets no reply once its VPC is disassociated from the zone, and the log gives the reason", async () => {
    await dissociate(aws, hub.stsZoneId, hub.spokeVpcId);
    const { sts } = (await get("alice", inside("alice"))).json as Presigned;
    expect(sts).toBe("no answer");
    const log = await readFile(join(folder, "network.log"), "utf8");
    expect(log).toContain(
      `function presign → sts.${REGION}.amazonaws.com: no private zone for that name is associated with ${hub.spokeVpcId}`,
    );
  });
});
