/** Calls that name resources which are not there, at the real moto, which crashes at each of them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startLocalAws, type LocalAws } from "../index";

const KEY = "12345678-1234-1234-1234-123456789012";
const POOL = "eu-west-1_absent123";
const NAT = "nat-0123456789abcdef0";
const LIST = "pl-0123456789abcdef0";
const IMAGE = "ami-0123456789abcdef0";
const EXPORT = "arn:aws:dynamodb:eu-west-1:111111111111:table/users/export/01234567890123-a1b2c3d4";
const FILE_SYSTEM = "fs-0123456789abcdef0";
const NO_KEY = `Key 'arn:aws:kms:eu-west-1:111111111111:key/${KEY}' does not exist`;
const NO_POOL = `User pool ${POOL} does not exist.`;

interface Call {
  readonly service: string;
  /** `X-Amz-Target`, or method and path. */
  readonly operation: string;
  readonly input?: object | string;
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
  if (typeof input === "object" && (service === "ec2" || service === "iam"))
    return await sendForm(service, operation, input);
  const [method = "", path] = operation.split(" ");
  const credential = `Credential=111111111111/20260101/eu-west-1/${service}/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
    "content-type": path === undefined ? "application/x-amz-json-1.1" : "application/json",
    ...(path === undefined && { "x-amz-target": operation }),
  };
  const rest = path === undefined ? "POST" : method;
  const body =
    rest === "GET" || rest === "DELETE"
      ? {}
      : { body: typeof input === "string" ? input : JSON.stringify(input) };
  const response = await fetch(aws.endpoint + (path ?? "/"), { method: rest, headers, ...body });
  return [response.status, await response.text()];
}

async function sendForm(service: string, Action: string, input: object): Promise<readonly [number, string]> {
  const credential = `Credential=111111111111/20260101/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`;
  const Version = service === "ec2" ? "2016-11-15" : "2010-05-08";
  const body = new URLSearchParams({ Action, Version, ...input });
  const response = await fetch(aws.endpoint, { method: "POST", headers: { authorization }, body });
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
    [
      "DeleteRestApi",
      api("DELETE /restapis/absent"),
      404,
      "NotFoundException",
      "Invalid Rest API Id specified",
    ],
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
    [
      "DeleteNatGateway",
      { service: "ec2", operation: "DeleteNatGateway", input: { NatGatewayId: NAT } },
      400,
      "NatGatewayNotFound",
      NAT,
    ],
    [
      "DeleteManagedPrefixList",
      { service: "ec2", operation: "DeleteManagedPrefixList", input: { PrefixListId: LIST } },
      400,
      "InvalidPrefixListID.NotFound",
      LIST,
    ],
    [
      "DescribeImageAttribute",
      {
        service: "ec2",
        operation: "DescribeImageAttribute",
        input: { ImageId: IMAGE, Attribute: "description" },
      },
      400,
      "InvalidAMIID.NotFound",
      IMAGE,
    ],
    [
      "ListRoles of no page",
      { service: "iam", operation: "ListRoles", input: { Marker: "x" } },
      400,
      "ValidationError",
      "Marker",
    ],
    [
      "GetQueryResults",
      { service: "logs", operation: "Logs_20140328.GetQueryResults", input: { queryId: "absent" } },
      400,
      "ResourceNotFoundException",
      "absent",
    ],
    [
      "ListDocuments of no page",
      { service: "ssm", operation: "AmazonSSM.ListDocuments", input: { NextToken: "x" } },
      400,
      "InvalidNextToken",
      "NextToken",
    ],
    [
      "DescribeExport",
      { service: "dynamodb", operation: "DynamoDB_20120810.DescribeExport", input: { ExportArn: EXPORT } },
      400,
      "ExportNotFoundException",
      EXPORT,
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

  it("says which part of an API that is there is not", async () => {
    const [, made] = await send(api("POST /restapis", { name: "a" }));
    const { id } = JSON.parse(made) as { readonly id: string };
    for (const part of ["authorizers", "deployments", "requestvalidators", "resources", "stages"]) {
      const operation = part === "deployments" ? "GET" : "DELETE";
      const [status, text] = await send(api(`${operation} /restapis/${id}/${part}/absent`));
      expect([part, status, text]).toEqual([part, 404, expect.stringContaining("NotFoundException")]);
    }
  });

  it("says which part of a bucket that is there is not", async () => {
    const s3 = (operation: string, input = ""): Promise<readonly [number, string]> =>
      send({ service: "s3", operation, input });
    const place = "<LocationConstraint>eu-west-1</LocationConstraint>";
    await s3("PUT /some-bucket", `<CreateBucketConfiguration>${place}</CreateBucketConfiguration>`);
    for (const [operation, code] of [
      ["PUT /some-bucket/key?partNumber=1&uploadId=absent", "NoSuchUpload"],
      ["DELETE /some-bucket/key?tagging", "NoSuchKey"],
    ] as const)
      expect(await s3(operation)).toEqual([404, expect.stringContaining(`<Code>${code}</Code>`)]);
  });
});
