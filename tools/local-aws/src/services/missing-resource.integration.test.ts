/** Calls that name resources which are not there, at the real moto, which crashes at each of them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startLocalAws, type LocalAws } from "../index";

const KEY = "12345678-1234-1234-1234-123456789012";
const POOL = "eu-west-1_absent123";
const FILE_SYSTEM = "fs-0123456789abcdef0";
const NO_KEY = `Key 'arn:aws:kms:eu-west-1:111111111111:key/${KEY}' does not exist`;
const NO_POOL = `User pool ${POOL} does not exist.`;

interface Call {
  readonly service: string;
  /** `X-Amz-Target`, or method and path. */
  readonly operation: string;
  readonly input?: object;
}

let directory: string;
let aws: LocalAws;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "studio-access-missing-"));
  aws = await startLocalAws({ logDirectory: directory });
});

afterAll(async () => {
  await aws.stop();
  await rm(directory, { recursive: true });
});

async function send({ service, operation, input = {} }: Call): Promise<readonly [number, string]> {
  const [method = "", path] = operation.split(" ");
  const credential = `Credential=111111111111/20260101/eu-west-1/${service}/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
    "content-type": path === undefined ? "application/x-amz-json-1.1" : "application/json",
    ...(path === undefined && { "x-amz-target": operation }),
  };
  const rest = path === undefined ? "POST" : method;
  const body = rest === "GET" || rest === "DELETE" ? {} : { body: JSON.stringify(input) };
  const response = await fetch(aws.endpoint + (path ?? "/"), { method: rest, headers, ...body });
  return [response.status, await response.text()];
}

const kms = (operation: string, input: object): Call => ({
  service: "kms",
  operation: `TrentService.${operation}`,
  input: { KeyId: KEY, ...input },
});
const cognito = (operation: string, input: object = {}): Call => ({
  service: "cognito-idp",
  operation: `${PREFIX}.${operation}`,
  input: { UserPoolId: POOL, ...input },
});
const api = (operation: string, input?: object): Call => ({
  service: "apigateway",
  operation,
  ...(input && { input }),
});
const efs = (operation: string, input?: object): Call => ({
  service: "elasticfilesystem",
  operation,
  ...(input && { input }),
});

const PREFIX = "AWSCognitoIdentityProviderService";
const GRANT = { GranteePrincipal: "arn:aws:iam::111111111111:role/r", Operations: ["Decrypt"] };

describe("the local AWS says what is not there, where moto crashes", () => {
  it.each<[string, Call, number, string, string]>([
    ["CreateGrant", kms("CreateGrant", GRANT), 400, "NotFoundException", NO_KEY],
    ["ListGrants", kms("ListGrants", {}), 400, "NotFoundException", NO_KEY],
    ["RevokeGrant", kms("RevokeGrant", { GrantId: "a" }), 400, "NotFoundException", NO_KEY],
    ["RetireGrant", kms("RetireGrant", { GrantId: "a" }), 400, "NotFoundException", NO_KEY],
    [
      "ListGrants of an alias",
      kms("ListGrants", { KeyId: "alias/absent" }),
      400,
      "NotFoundException",
      "alias/absent is not found",
    ],
    ["ListResourceServers", cognito("ListResourceServers"), 400, "ResourceNotFoundException", NO_POOL],
    ["GetUICustomization", cognito("GetUICustomization"), 400, "ResourceNotFoundException", NO_POOL],
    ["DeleteRestApi", api("DELETE /restapis/absent"), 404, "NotFoundException", "Invalid Rest API Id specified"],
    [
      "UpdateRestApi",
      api("PATCH /restapis/absent", {
        patchOperations: [{ op: "replace", path: "/name", value: "a" }],
      }),
      404,
      "NotFoundException",
      "Invalid Rest API Id specified",
    ],
    ["DeleteUsagePlan", api("DELETE /usageplans/absent"), 404, "NotFoundException", "Invalid Usage Plan"],
    [
      "DescribeFileSystemPolicy",
      efs(`GET /2015-02-01/file-systems/${FILE_SYSTEM}/policy`),
      404,
      "FileSystemNotFound",
      FILE_SYSTEM,
    ],
    [
      "PutFileSystemPolicy",
      efs(`PUT /2015-02-01/file-systems/${FILE_SYSTEM}/policy`, { Policy: "{}" }),
      404,
      "FileSystemNotFound",
      FILE_SYSTEM,
    ],
    [
      "DescribeBackupPolicy",
      efs(`GET /2015-02-01/file-systems/${FILE_SYSTEM}/backup-policy`),
      404,
      "FileSystemNotFound",
      FILE_SYSTEM,
    ],
  ])("%s", async (_operation, call, status, code, message) => {
    const [found, body] = await send(call);
    expect([found, body]).toEqual([status, expect.stringContaining(code)]);
    expect(body).toContain(message);
  });

  it("still says of an operation that moto lacks that it is not implemented", async () => {
    const [status, body] = await send({
      service: "cognito-idp",
      operation: `${PREFIX}.CreateUserPool`,
      input: { PoolName: "p" },
    });
    const { Id } = (JSON.parse(body) as { UserPool: { Id: string } }).UserPool;
    expect(status).toBe(200);
    const [missing, text] = await send(cognito("GetUICustomization", { UserPoolId: Id }));
    expect([missing, text]).toEqual([501, expect.stringContaining("GetUICustomization")]);
  });
});
