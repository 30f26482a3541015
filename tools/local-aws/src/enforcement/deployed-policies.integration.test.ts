/** The real moto with the roles of the stacks: creating and opening a presigned URL, and each change that prevents it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CreatePresignedDomainUrlCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

import type { EndpointPath, Reply } from "../server/call";
import {
  document,
  ExampleDeployment,
  LOB,
  PRESIGN_ROLE,
  REGION,
  roleArn,
  SHARED,
  succeeded,
  trustOf,
  valueAt,
} from "./testing/example-deployment";
import { makerPolicy } from "./testing/maker-policy";
import { DENIED_BY } from "./refusal";

// moto takes some seconds to start, and more on a busy machine.
jest.setTimeout(60_000);

const ACCESS_ROLE = roleArn(LOB, "lob-a-access");
const STRANGER: EndpointPath = { vpcEndpointId: "vpce-0stranger", vpcId: "vpc-0", sourceIp: "10.9.9.9" };

let directory: string;
let deployment: ExampleDeployment;
/** Access key of a session of the presign role. */
let presign: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "enforcement-"));
  deployment = await ExampleDeployment.start(directory);
  await deployment.accessRole("lob-a-access");
  presign = await operatorAssumes(PRESIGN_ROLE);
});

afterAll(async () => {
  await deployment.aws.stop();
  await rm(directory, { recursive: true });
});

async function operatorAssumes(RoleArn: string): Promise<string> {
  return keyIn(
    await deployment.query("sts", { key: SHARED }, "AssumeRole", { RoleArn, RoleSessionName: "fn" }),
  );
}

function keyIn(reply: Reply): string {
  return valueAt(reply, "AssumeRoleResult", "Credentials", "AccessKeyId");
}

interface Assumption {
  readonly key?: string;
  readonly RoleArn?: string;
  readonly sourceIdentity?: string | undefined;
  readonly Policy?: string;
}

/** The presign function's AssumeRole call for alice. */
async function assume(change: Assumption = {}): Promise<Reply> {
  const { key = presign, RoleArn = ACCESS_ROLE, Policy } = change;
  const sourceIdentity = "sourceIdentity" in change ? change.sourceIdentity : "alice";
  const parameters = {
    RoleArn,
    RoleSessionName: "alice",
    "Tags.member.1.Key": "user",
    "Tags.member.1.Value": "alice",
    ...(sourceIdentity && { SourceIdentity: sourceIdentity }),
    ...(Policy && { Policy }),
  };
  return await deployment.query(
    "sts",
    { key, endpoint: deployment.through("sts") },
    "AssumeRole",
    parameters,
  );
}

interface Presigning {
  readonly user?: string;
  readonly endpoint?: EndpointPath | undefined;
}

async function presignAs(key: string, change: Presigning = {}): Promise<Reply> {
  const endpoint = "endpoint" in change ? change.endpoint : deployment.through("sagemaker.api");
  const body = { DomainId: deployment.domainId, UserProfileName: change.user ?? "alice" };
  return await deployment.json("sagemaker", { key, endpoint }, "SageMaker.CreatePresignedDomainUrl", body);
}

async function urlFor(key: string): Promise<string> {
  const reply = await presignAs(key);
  return (JSON.parse(reply.body.toString()) as { AuthorizedUrl: string }).AuthorizedUrl;
}

async function getItem(table: string, operation = "GetItem", key = presign): Promise<Reply> {
  const sender = { key, endpoint: deployment.through("dynamodb") };
  const body = { TableName: table, Key: { PK: { S: "alice" } } };
  return await deployment.json("dynamodb", sender, `DynamoDB_20120810.${operation}`, body);
}

/** A refusal's status, AWS's error code and the local header. */
function refusal(reply: Reply): readonly [number, string, string | undefined] {
  const body = reply.body.toString();
  const code = /<Code>(\w+)<\/Code>|"__type":"(\w+)"/.exec(body);
  return [reply.status, code?.[1] ?? code?.[2] ?? body.slice(0, 200), reply.headers[DENIED_BY]];
}

describe("a presigned URL", () => {
  it("is given to the presign function, for the user that it names", async () => {
    expect((await getItem("users")).status).toBe(200);
    const Policy = document({
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: deployment.profileArn("alice"),
    });
    const url = await urlFor(keyIn(await assume({ Policy })));
    const page = await deployment.open(url, deployment.through("studio"));
    expect([page.status, page.body.toString()]).toEqual([
      200,
      expect.stringContaining('<code id="profile">alice</code>'),
    ]);
  });

  it("leaves a line in the log for each decision", async () => {
    await assume();
    const log = await readFile(join(directory, "enforcement.log"), "utf8");
    const who = `arn:aws:sts::${SHARED}:assumed-role/presign/fn`;
    const { vpcEndpointId } = deployment.through("sts");
    expect(log).toContain(
      `allowed sts:AssumeRole, sts:TagSession, sts:SetSourceIdentity: ${who} on ${ACCESS_ROLE} ` +
        `through ${vpcEndpointId}: Allow in identity policy inline, statement 1 (AssumeAccessRoles)`,
    );
    expect(log).toContain("not checked, as an operator: neither IAM nor STS issued the access key");
  });
});

describe("AssumeRole is refused", () => {
  const denied = (action: string, policy: string): readonly [number, string, string] => [
    403,
    "AccessDenied",
    `no Allow of ${action} in ${policy}`,
  ];

  it("when the trust policy names another role", async () => {
    const RoleArn = await deployment.accessRole("lob-foreign-access", {
      trust: trustOf(roleArn(SHARED, "other")),
    });
    expect(refusal(await assume({ RoleArn }))).toEqual(denied("sts:AssumeRole", `trust policy ${RoleArn}`));
  });

  it("when the trust policy does not allow TagSession", async () => {
    const RoleArn = await deployment.accessRole("lob-untagged-access", {
      trust: trustOf(PRESIGN_ROLE, ["sts:SetSourceIdentity"]),
    });
    expect(refusal(await assume({ RoleArn }))).toEqual(denied("sts:TagSession", `trust policy ${RoleArn}`));
  });

  it("without a source identity", async () => {
    const reply = await assume({ sourceIdentity: undefined });
    expect(refusal(reply)).toEqual(denied("sts:AssumeRole", `trust policy ${ACCESS_ROLE}`));
  });

  it("for a presign role of another name", async () => {
    const trust = document({ Effect: "Allow", Principal: { AWS: SHARED }, Action: "sts:AssumeRole" });
    const renamed = await deployment.role(SHARED, "renamed", { trust, policy: deployment.presignPolicy() });
    const reply = await assume({ key: await operatorAssumes(renamed) });
    expect(refusal(reply)).toEqual(denied("sts:AssumeRole", `trust policy ${ACCESS_ROLE}`));
  });

  it("when the caller's own policy does not name the role", async () => {
    const policy = document({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" });
    const RoleArn = await deployment.role(LOB, "unnamed", { trust: trustOf(PRESIGN_ROLE), policy });
    expect(refusal(await assume({ RoleArn }))).toEqual(denied("sts:AssumeRole", "identity policy inline"));
  });

  it("when the role does not exist, although an operator gets a session of it", async () => {
    const RoleArn = roleArn(LOB, "lob-nobody-access");
    expect(refusal(await assume({ RoleArn }))).toEqual([403, "AccessDenied", `there is no role ${RoleArn}`]);
    expect((await assume({ RoleArn, key: SHARED })).status).toBe(200);
  });

  it("with STS's message", async () => {
    const client = new STSClient({
      region: REGION,
      endpoint: deployment.aws.endpoint,
      credentials: { accessKeyId: presign, secretAccessKey: "none" },
    });
    const refused = client.send(new AssumeRoleCommand({ RoleArn: ACCESS_ROLE, RoleSessionName: "alice" }));
    await expect(refused).rejects.toMatchObject({
      name: "AccessDenied",
      message:
        `User: arn:aws:sts::${SHARED}:assumed-role/presign/fn is not authorized to perform: ` +
        `sts:AssumeRole on resource: ${ACCESS_ROLE}`,
    });
  });
});

describe("BatchGetItem", () => {
  const batch = async (...tables: readonly string[]): Promise<Reply> => {
    const keys = { Keys: [{ PK: { S: "alice" } }], ConsistentRead: true };
    const RequestItems = Object.fromEntries(tables.map((table) => [table, keys]));
    const sender = { key: presign, endpoint: deployment.through("dynamodb") };
    return await deployment.json("dynamodb", sender, "DynamoDB_20120810.BatchGetItem", { RequestItems });
  };

  it("is answered for tables that the function may read, and refused for one of several that it may not", async () => {
    expect((await batch("users")).status).toBe(200);
    expect(refusal(await batch("users", "secrets"))).toEqual([
      400,
      "AccessDeniedException",
      "no Allow of dynamodb:BatchGetItem in identity policy inline",
    ]);
  });
});

describe("a profile", () => {
  const made = { Key: "studio-access:made-by", Value: "sign-in" };

  /** The presign function's call as the profile maker, in the name of somebody. */
  async function make(
    name: string,
    change: object = {},
    endpoint = deployment.through("sagemaker.api"),
  ): Promise<Reply> {
    const RoleArn = roleArn(LOB, "lob-a-profiles");
    const reply = await deployment.query(
      "sts",
      { key: presign, endpoint: deployment.through("sts") },
      "AssumeRole",
      {
        RoleArn,
        RoleSessionName: name,
        SourceIdentity: name,
        "Tags.member.1.Key": "user",
        "Tags.member.1.Value": name,
      },
    );
    const body = { DomainId: deployment.domainId, UserProfileName: name, Tags: [made], ...change };
    return await deployment.json(
      "sagemaker",
      { key: keyIn(reply), endpoint },
      "SageMaker.CreateUserProfile",
      body,
    );
  }

  beforeAll(async () => {
    await deployment.role(LOB, "lob-a-profiles", {
      trust: trustOf(PRESIGN_ROLE),
      policy: makerPolicy(deployment),
    });
  });

  it("is made for the named user, tagged, and is pending", async () => {
    expect((await make("carol")).status).toBe(200);
    expect(refusal(await make("carol"))).toEqual([400, "ResourceInUse", undefined]);
  });

  it.each([
    ["another user", { UserProfileName: "bob" }, "CreateUserProfile"],
    ["another tag", { Tags: [made, { Key: "team", Value: "x" }] }, "CreateUserProfile"],
    ["no tag", { Tags: [] }, "CreateUserProfile"],
    ["a role", { UserSettings: { ExecutionRole: `arn:aws:iam::${LOB}:role/admin` } }, "PassRole"],
    ["another security group", { UserSettings: { SecurityGroups: ["sg-2"] } }, "CreateUserProfile"],
  ])("is refused with %s", async (_name, change, action) => {
    const [status, code, by] = refusal(await make("dave", change));
    expect([status, code]).toEqual([400, "AccessDeniedException"]);
    expect(by).toContain(`:${action} in identity policy inline`);
  });

  it("is refused through another endpoint", async () => {
    expect(refusal(await make("dave", {}, deployment.through("studio")))[1]).toBe("AccessDeniedException");
  });
});

describe("CreatePresignedDomainUrl is refused", () => {
  const byIdentity = [
    400,
    "AccessDeniedException",
    "no Allow of sagemaker:CreatePresignedDomainUrl in identity policy inline",
  ];

  it("for another user's profile", async () => {
    expect(refusal(await presignAs(keyIn(await assume()), { user: "bob" }))).toEqual(byIdentity);
  });

  it("without an endpoint", async () => {
    expect(refusal(await presignAs(keyIn(await assume()), { endpoint: undefined }))).toEqual(byIdentity);
  });

  it("through an endpoint that no account here owns", async () => {
    expect(refusal(await presignAs(keyIn(await assume()), { endpoint: STRANGER }))).toEqual(byIdentity);
  });

  it("through an endpoint whose policy names another account's principals", async () => {
    const endpoint = await deployment.interfaceEndpoint(
      "sagemaker.api",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "sagemaker:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "999999999999" } },
      }),
    );
    const policy = deployment.accessPolicy([endpoint, deployment.through("studio")]);
    const RoleArn = await deployment.accessRole("lob-elsewhere-access", { policy });
    expect(refusal(await presignAs(keyIn(await assume({ RoleArn })), { endpoint }))).toEqual([
      400,
      "AccessDeniedException",
      `no Allow of sagemaker:CreatePresignedDomainUrl in endpoint policy ${endpoint.vpcEndpointId}`,
    ]);
  });

  it("when the session policy names another user", async () => {
    const Policy = document({
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: deployment.profileArn("bob"),
    });
    expect(refusal(await presignAs(keyIn(await assume({ Policy }))))).toEqual([
      400,
      "AccessDeniedException",
      "no Allow of sagemaker:CreatePresignedDomainUrl in session policy " +
        `of arn:aws:sts::${LOB}:assumed-role/lob-a-access/alice`,
    ]);
  });

  it("as soon as the role's policy changes", async () => {
    const RoleArn = await deployment.accessRole("lob-changing-access");
    const key = keyIn(await assume({ RoleArn }));
    expect((await presignAs(key)).status).toBe(200);
    const Deny = { Sid: "Closed", Effect: "Deny", Action: "sagemaker:*", Resource: "*" } as const;
    await deployment.putPolicy(LOB, "lob-changing-access", document(Deny));
    expect(refusal(await presignAs(key))).toEqual([
      400,
      "AccessDeniedException",
      "explicit Deny in identity policy inline, statement 0 (Closed)",
    ]);
  });

  it("with SageMaker's message", async () => {
    const client = new SageMakerClient({
      region: REGION,
      endpoint: deployment.aws.endpoint,
      credentials: { accessKeyId: keyIn(await assume()), secretAccessKey: "none" },
    });
    const input = { DomainId: deployment.domainId, UserProfileName: "alice" };
    await expect(client.send(new CreatePresignedDomainUrlCommand(input))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        `User: arn:aws:sts::${LOB}:assumed-role/lob-a-access/alice is not authorized to perform: ` +
        `sagemaker:CreatePresignedDomainUrl on resource: ${deployment.profileArn("alice")} because no ` +
        "identity-based policy allows the sagemaker:CreatePresignedDomainUrl action",
    });
  });
});

describe("a Studio URL is refused", () => {
  it("through an endpoint that no account here owns, with AWS's page", async () => {
    const page = await deployment.open(await urlFor(keyIn(await assume())), STRANGER);
    expect([page.status, page.headers[DENIED_BY], page.body.toString()]).toEqual([
      403,
      "no Allow of sagemaker:CreatePresignedDomainUrl in identity policy inline",
      expect.stringContaining("Auth token containing insufficient permissions"),
    ]);
  });

  it("when the role allows the API's endpoint, but not Studio's", async () => {
    const policy = deployment.accessPolicy([deployment.through("sagemaker.api")]);
    const RoleArn = await deployment.accessRole("lob-half-access", { policy });
    const url = await urlFor(keyIn(await assume({ RoleArn })));
    const page = await deployment.open(url, deployment.through("studio"));
    expect([page.status, page.headers[DENIED_BY]]).toEqual([
      403,
      "no Allow of sagemaker:CreatePresignedDomainUrl in identity policy inline",
    ]);
  });
});

describe("a user of IAM", () => {
  async function iam(Action: string, parameters: object): Promise<Reply> {
    return succeeded(await deployment.query("iam", { key: SHARED }, Action, parameters));
  }

  it("has the permissions of its groups as long as its access key is active", async () => {
    const UserName = "carol";
    const GroupName = "staff";
    const PolicyDocument = document({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" });
    await iam("CreateUser", { UserName });
    await iam("CreateGroup", { GroupName });
    await iam("PutGroupPolicy", { GroupName, PolicyName: "tables", PolicyDocument });
    await iam("AddUserToGroup", { GroupName, UserName });
    const made = await iam("CreateAccessKey", { UserName });
    const key = valueAt(made, "CreateAccessKeyResult", "AccessKey", "AccessKeyId");

    expect((await getItem("users", "GetItem", key)).status).toBe(200);
    expect(refusal(await getItem("users", "DeleteItem", key))).toEqual([
      400,
      "AccessDeniedException",
      "no Allow of dynamodb:DeleteItem in identity policy tables",
    ]);
    await iam("DeleteAccessKey", { UserName, AccessKeyId: key });
    expect(refusal(await getItem("users", "GetItem", key))).toEqual([
      400,
      "UnrecognizedClientException",
      "the access key of the user carol was deleted or made inactive",
    ]);
  });
});

describe("a role", () => {
  it("has the permissions of its managed policies, within its permissions boundary", async () => {
    const managed = async (PolicyName: string, Action: string): Promise<string> => {
      const PolicyDocument = document({ Effect: "Allow", Action, Resource: "*" });
      const made = await deployment.query("iam", { key: SHARED }, "CreatePolicy", {
        PolicyName,
        PolicyDocument,
      });
      return valueAt(made, "CreatePolicyResult", "Policy", "Arn");
    };
    const trust = document({ Effect: "Allow", Principal: { AWS: SHARED }, Action: "sts:AssumeRole" });
    const PermissionsBoundary = await managed("limit", "dynamodb:GetItem");
    const limited = await deployment.role(SHARED, "limited", { trust, PermissionsBoundary });
    const PolicyArn = await managed("tables", "dynamodb:*");
    succeeded(
      await deployment.query("iam", { key: SHARED }, "AttachRolePolicy", { RoleName: "limited", PolicyArn }),
    );
    const key = await operatorAssumes(limited);
    expect((await getItem("users", "GetItem", key)).status).toBe(200);
    expect(refusal(await getItem("users", "DeleteItem", key))).toEqual([
      400,
      "AccessDeniedException",
      `no Allow of dynamodb:DeleteItem in boundary policy ${PermissionsBoundary}`,
    ]);
  });
});

describe("Lambda refuses", () => {
  it("to invoke a function for a role that has no permission to", async () => {
    const path = "/2015-03-31/functions/presign/invocations";
    const reply = await deployment.send("lambda", { key: presign }, "{}", {}, path);
    expect(refusal(reply)).toEqual([
      403,
      "AccessDeniedException",
      "no Allow of lambda:InvokeFunction in identity policy inline",
    ]);
  });
});

describe("DynamoDB refuses", () => {
  it.each([
    ["a table that the role may not read", "secrets", "GetItem"],
    ["an action that the role may not use", "users", "DeleteItem"],
  ])("%s", async (_, table, operation) => {
    expect(refusal(await getItem(table, operation))).toEqual([
      400,
      "AccessDeniedException",
      `no Allow of dynamodb:${operation} in identity policy inline`,
    ]);
  });
});
