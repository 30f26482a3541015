import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { ACCOUNT, REGION, type ExampleCaller } from "./data-plane-example";
import type { ExampleHub } from "./data-plane-network-example";

/** For tests: a private API whose root is a page that signs in with a user pool, and what it leads to. */
export interface ExamplePortal {
  readonly apiId: string;
  readonly host: string;
  /** Host of the pool's hosted sign-in. */
  readonly signInHost: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly domainId: string;
}

export const USER = "alice";
export const PASSWORD = "Passw0rd-of-alice!";
/** A password that has to be changed. */
export const NEW_USER = "bob";

/** Signs in with PKCE, shows who did, and goes to Studio at a click. */
const SCRIPT = `
const settings = JSON.parse(document.getElementById("settings").textContent);
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const here = location.origin + location.pathname.replace(/[/]$/, "");
const given = new URLSearchParams(location.search);
const client = { client_id: settings.clientId, redirect_uri: here };
async function start() {
  for (const name of ["state", "nonce", "verifier"]) sessionStorage.setItem(name, random());
  const { state, nonce, verifier } = sessionStorage;
  const code_challenge = base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  const query = { ...client, response_type: "code", scope: "openid", state, nonce, code_challenge, code_challenge_method: "S256" };
  location.assign(settings.authorization + "?" + new URLSearchParams(query));
}
async function finish() {
  if (given.get("state") !== sessionStorage.state) throw new Error("another state");
  const form = { ...client, grant_type: "authorization_code", code: given.get("code"), code_verifier: sessionStorage.verifier };
  const answer = await fetch(settings.token, { method: "POST", body: new URLSearchParams(form) });
  const claims = (token) => JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
  const tokens = await answer.json();
  window.claims = { access: claims(tokens.access_token), id: claims(tokens.id_token), nonce: sessionStorage.nonce };
  const { url } = await (await fetch(here + "/" + window.claims.access.username)).json();
  document.querySelector("button").onclick = () => location.replace(url);
  document.querySelector("output").textContent = window.claims.access.username;
}
given.has("code") ? finish() : start();
`;

const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Deploys the pool, the API and a Studio domain. */
export async function deployPortal(aws: ExampleCaller, hub: ExampleHub): Promise<ExamplePortal> {
  const domainId = await studio(aws, hub);
  const endpointConfiguration = { types: ["PRIVATE"], vpcEndpointIds: [hub.apiEndpointId] };
  const api = await aws.rest("apigateway", "POST", "/restapis", { name: "portal", endpointConfiguration });
  const apiId = api["id"] ?? "";
  const host = `${apiId}.execute-api.${REGION}.amazonaws.com`;
  const pool = await userPool(aws, `https://${host}/studio`);
  const { UserProfileName, AuthorizedUrl } = await presigned(aws, domainId);
  const settings = {
    issuer: pool.issuer,
    clientId: pool.clientId,
    authorization: `https://${pool.signInHost}/oauth2/authorize`,
    token: `https://${pool.signInHost}/oauth2/token`,
    studio: `https://DOMAIN.studio.${REGION}.sagemaker.aws`,
  };
  const page = pageCode(settings, { [UserProfileName]: AuthorizedUrl });
  await deployApi(aws, hub, { id: apiId, rootId: api["rootResourceId"] ?? "" }, page);
  return { apiId, host, domainId, ...pool };
}

/** The function behind the root and behind each user's path. */
function pageCode(
  settings: Readonly<Record<string, string>>,
  urls: Readonly<Record<string, string>>,
): string {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Portal</title>
<script type="application/json" id="settings">${JSON.stringify(settings)}</script><output></output><button>Open Studio</button>
<script>${SCRIPT}</script></html>`;
  const policy = `default-src 'none'; img-src data:; script-src ${sha256(SCRIPT)}; connect-src 'self' ${settings["issuer"] ?? ""} ${settings["token"] ?? ""}; frame-ancestors 'none'`;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    ETag: `"${createHash("sha256").update(html).digest("hex").slice(0, 16)}"`,
  };
  return `
const [html, headers, urls] = ${JSON.stringify([html, headers, urls])};
exports.handler = async (event) => {
  if (event.pathParameters) return { statusCode: 200, body: JSON.stringify({ url: urls[event.pathParameters.user_id] ?? urls.alice }) };
  if (event.headers["If-None-Match"] === headers.ETag) return { statusCode: 304, headers, body: "" };
  return { statusCode: 200, headers, multiValueHeaders: { Vary: ["Accept", "Origin"] }, isBase64Encoded: false, body: html };
};`;
}

async function deployApi(
  aws: ExampleCaller,
  hub: ExampleHub,
  { id, rootId }: { readonly id: string; readonly rootId: string },
  code: string,
): Promise<void> {
  const at = `/restapis/${id}`;
  const statement = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
  const Condition = { StringNotEquals: { "aws:SourceVpce": hub.apiEndpointId } };
  const Statement = [
    { Effect: "Allow", ...statement },
    { Effect: "Deny", ...statement, Condition },
  ];
  const value = JSON.stringify({ Version: "2012-10-17", Statement });
  const patchOperations = [{ op: "replace", path: "/policy", value }];
  await aws.rest("apigateway", "PATCH", at, { patchOperations });
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const role = { RoleName: "page", AssumeRolePolicyDocument };
  const Role = await aws.query("iam", "CreateRole", role, "CreateRoleResult", "Role", "Arn");
  const functionArn = await aws.deployFunction("page", code, { Role });
  const user = await aws.rest("apigateway", "POST", `${at}/resources/${rootId}`, { pathPart: "{user_id}" });
  for (const resourceId of [rootId, user["id"] ?? ""]) {
    const method = `${at}/resources/${resourceId}/methods/GET`;
    await aws.rest("apigateway", "PUT", method, { authorizationType: "NONE" });
    await aws.rest("apigateway", "PUT", `${method}/integration`, {
      type: "AWS_PROXY",
      httpMethod: "POST",
      uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    });
  }
  for (const path of ["", "*"])
    await aws.rest("lambda", "POST", "/2015-03-31/functions/page/policy", {
      StatementId: `api-${path === "" ? "root" : "user"}`,
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${id}/studio/GET/${path}`,
    });
  const { id: deploymentId } = await aws.rest("apigateway", "POST", `${at}/deployments`, {});
  await aws.rest("apigateway", "POST", `${at}/stages`, { stageName: "studio", deploymentId });
}

async function userPool(
  aws: ExampleCaller,
  portal: string,
): Promise<Pick<ExamplePortal, "signInHost" | "issuer" | "clientId">> {
  const call = async (operation: string, input: object): Promise<Record<string, Record<string, string>>> =>
    (await aws.json("cognito-idp", `AWSCognitoIdentityProviderService.${operation}`, input)) as Record<
      string,
      Record<string, string>
    >;
  const UserPoolId = (await call("CreateUserPool", { PoolName: "people" }))["UserPool"]?.["Id"] ?? "";
  const client = await call("CreateUserPoolClient", {
    UserPoolId,
    ClientName: "portal",
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: [portal],
    LogoutURLs: [portal],
  });
  await call("CreateUserPoolDomain", { UserPoolId, Domain: "people" });
  for (const [Username, Permanent] of [
    [USER, true],
    [NEW_USER, false],
  ]) {
    await call("AdminCreateUser", { UserPoolId, Username, MessageAction: "SUPPRESS" });
    await call("AdminSetUserPassword", { UserPoolId, Username, Password: PASSWORD, Permanent });
  }
  return {
    signInHost: `people.auth.${REGION}.amazoncognito.com`,
    issuer: `https://cognito-idp.${REGION}.amazonaws.com/${UserPoolId}`,
    clientId: client["UserPoolClient"]?.["ClientId"] ?? "",
  };
}

async function studio(aws: ExampleCaller, hub: ExampleHub): Promise<string> {
  const { DomainId } = (await aws.json("sagemaker", "SageMaker.CreateDomain", {
    DomainName: "studio",
    AuthMode: "IAM",
    VpcId: hub.spokeVpcId,
    SubnetIds: [hub.spokeSubnetId],
    DefaultUserSettings: { ExecutionRole: `arn:aws:iam::${ACCOUNT}:role/studio` },
  })) as { DomainId: string };
  const profile = { DomainId, UserProfileName: USER };
  await aws.json("sagemaker", "SageMaker.CreateUserProfile", profile);
  const status = async (): Promise<unknown> =>
    ((await aws.json("sagemaker", "SageMaker.DescribeUserProfile", profile)) as { Status: unknown }).Status;
  while ((await status()) !== "InService") await setTimeout(100);
  return DomainId;
}

async function presigned(
  aws: ExampleCaller,
  DomainId: string,
): Promise<{ readonly UserProfileName: string; readonly AuthorizedUrl: string }> {
  const input = { DomainId, UserProfileName: USER, ExpiresInSeconds: 300 };
  const answer = await aws.json("sagemaker", "SageMaker.CreatePresignedDomainUrl", input);
  return { UserProfileName: USER, ...(answer as { AuthorizedUrl: string }) };
}
