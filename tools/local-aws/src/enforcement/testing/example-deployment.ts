import { setTimeout } from "node:timers/promises";

import { createDataPlane } from "../../data-plane";
import { startLocalAws, type LocalAws, type LocalAwsOptions } from "../../index";
import type { EndpointPath, Reply } from "../../server/call";
import type { DataPlaneParts } from "../../server/data-plane";
import { descendant, parseXml, textAt } from "../../server/xml";

/** For tests: the policies that the stacks deploy for one line of business, and calls from inside its network. */
export const SHARED = "111111111111";
export const LOB = "222222222222";
export const REGION = "eu-west-1";
const ORGANIZATION = "o-exampleorg1";
export const ROLE_PATH = "/studio-access/test/";
export const PRESIGN_ROLE = roleArn(SHARED, "presign");
const TABLE = `arn:aws:dynamodb:${REGION}:${SHARED}:table/users`;

export function roleArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:role${ROLE_PATH}${name}`;
}

export interface ExampleStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

export function document(...Statement: readonly ExampleStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

export interface ExampleRoleOptions {
  readonly trust: string;
  readonly policy?: string;
  readonly PermissionsBoundary?: string;
}

/** The caller of a call, and the endpoint that the call goes through. */
export interface Sender {
  /** Access key of a role session or, with 12 digits, of an operator. */
  readonly key: string;
  readonly endpoint?: EndpointPath | undefined;
}

/** Trust policy of an access role: it trusts the presign function's role, for one named user. */
export function trustOf(presignRole: string, actions = ["sts:SetSourceIdentity", "sts:TagSession"]): string {
  const fromPresign = {
    ArnEquals: { "aws:PrincipalArn": presignRole },
    StringEquals: { "aws:PrincipalOrgID": ORGANIZATION },
  };
  const account = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${SHARED}:root` } } as const;
  const named = { "aws:RequestTag/user": "false", "sts:SourceIdentity": "false" };
  return document(
    {
      Sid: "PresignFunctionForOneUser",
      ...account,
      Action: "sts:AssumeRole",
      Condition: { ...fromPresign, Null: named },
    },
    { Sid: "PresignFunctionNamesUser", ...account, Action: actions, Condition: fromPresign },
  );
}

export class ExampleDeployment {
  readonly aws: LocalAws;
  domainId = "";
  readonly #parts: DataPlaneParts;
  readonly #endpoints = new Map<string, EndpointPath>();

  private constructor(aws: LocalAws, parts: DataPlaneParts) {
    this.aws = aws;
    this.#parts = parts;
  }

  static async start(
    logDirectory: string,
    options: Pick<LocalAwsOptions, "tokenIssuers"> = {},
  ): Promise<ExampleDeployment> {
    const seen: { parts?: DataPlaneParts } = {};
    const aws = await startLocalAws({
      ...options,
      logDirectory,
      organization: { id: ORGANIZATION },
      extend: (parts) => createDataPlane((seen.parts = parts), { logDirectory }),
    });
    if (!seen.parts) throw new Error("the local AWS did not ask for a data plane");
    const deployment = new ExampleDeployment(aws, seen.parts);
    await deployment.#deploy();
    return deployment;
  }

  /** The endpoint of a service: `sts`, `sagemaker.api`, `studio` or `dynamodb`. */
  through(service: string): EndpointPath {
    const endpoint = this.#endpoints.get(service);
    if (!endpoint) throw new Error(`no endpoint for ${service}`);
    return endpoint;
  }

  async query(
    service: "iam" | "ec2" | "sts",
    sender: Sender,
    Action: string,
    parameters: object,
  ): Promise<Reply> {
    const body = new URLSearchParams({ Action, ...parameters }).toString();
    return await this.send(service, sender, body, { "content-type": "application/x-www-form-urlencoded" });
  }

  async json(
    service: "sagemaker" | "dynamodb",
    sender: Sender,
    target: string,
    body: object,
  ): Promise<Reply> {
    const type = service === "dynamodb" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
    return await this.send(service, sender, JSON.stringify(body), {
      "content-type": type,
      "x-amz-target": target,
    });
  }

  async send(
    service: string,
    { key, endpoint }: Sender,
    body: string,
    headers: Readonly<Record<string, string>>,
    path = "/",
  ): Promise<Reply> {
    const scope = `${key}/20260101/${REGION}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const request = {
      method: "POST",
      url: new URL(path, "http://localhost"),
      headers: { authorization, ...headers },
      body: Buffer.from(body),
    };
    return await this.#parts.dispatch(request, endpoint);
  }

  /** Opens a Studio URL like a browser whose requests come through the endpoint. */
  async open(url: string, endpoint: EndpointPath): Promise<Reply> {
    const { host, pathname, search } = new URL(url);
    const address = new URL(pathname + search, "http://localhost");
    return await this.#parts.dispatch(
      { method: "GET", url: address, headers: { host }, body: Buffer.alloc(0) },
      endpoint,
    );
  }

  /** Creates a role, with an inline policy if one is given. */
  async role(account: string, name: string, { trust, policy, ...more }: ExampleRoleOptions): Promise<string> {
    const made = { RoleName: name, Path: ROLE_PATH, AssumeRolePolicyDocument: trust, ...more };
    succeeded(await this.query("iam", { key: account }, "CreateRole", made));
    if (policy !== undefined) await this.putPolicy(account, name, policy);
    return roleArn(account, name);
  }

  async putPolicy(account: string, RoleName: string, PolicyDocument: string): Promise<void> {
    const put = { RoleName, PolicyName: "inline", PolicyDocument };
    succeeded(await this.query("iam", { key: account }, "PutRolePolicy", put));
  }

  /** Creates an access role of a line of business, which the presign role may assume. */
  async accessRole(
    name: string,
    { trust = trustOf(PRESIGN_ROLE), policy = this.accessPolicy() } = {},
  ): Promise<string> {
    return await this.role(LOB, name, { trust, policy });
  }

  accessPolicy(endpoints = [this.through("sagemaker.api"), this.through("studio")]): string {
    return document({
      Sid: "PresignForTheTaggedUser",
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: this.profileArn("${aws:PrincipalTag/user}"),
      Condition: {
        StringEquals: { "aws:SourceVpce": endpoints.map(({ vpcEndpointId }) => vpcEndpointId) },
      },
    });
  }

  presignPolicy(): string {
    const reads = ["dynamodb:GetItem", "dynamodb:BatchGetItem"];
    return document(
      { Sid: "ReadDirectory", Effect: "Allow", Action: reads, Resource: [TABLE] },
      {
        Sid: "AssumeAccessRoles",
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Resource: ["access", "profiles"].map((role) => `arn:aws:iam::*:role${ROLE_PATH}lob-*-${role}`),
        Condition: { StringEquals: { "aws:ResourceOrgID": ORGANIZATION } },
      },
    );
  }

  profileArn(user: string): string {
    return `arn:aws:sagemaker:${REGION}:${LOB}:user-profile/${this.domainId}/${user}`;
  }

  async interfaceEndpoint(service: string, policy?: string): Promise<EndpointPath> {
    return await this.#endpoint(service, "Interface", policy);
  }

  async #endpoint(service: string, type: string, policy: string | undefined): Promise<EndpointPath> {
    const [VpcId = ""] = this.#network;
    const ServiceName =
      service === "studio" ? `aws.sagemaker.${REGION}.studio` : `com.amazonaws.${REGION}.${service}`;
    const made = { VpcId, ServiceName, VpcEndpointType: type, ...(policy && { PolicyDocument: policy }) };
    const reply = await this.query("ec2", { key: SHARED }, "CreateVpcEndpoint", made);
    const vpcEndpointId = valueAt(reply, "vpcEndpoint", "vpcEndpointId");
    return { vpcEndpointId, vpcId: VpcId, sourceIp: "10.1.1.9" };
  }

  #network: readonly string[] = [];

  async #deploy(): Promise<void> {
    this.#network = [await this.#vpc(SHARED)];
    const principals = { "aws:PrincipalOrgID": ORGANIZATION };
    const resources = { "aws:ResourceOrgID": ORGANIZATION };
    const ours = { StringEquals: principals };
    const open = { Effect: "Allow", Principal: "*", Resource: "*", Condition: ours } as const;
    const policies = {
      sts: document({
        ...open,
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Condition: { StringEquals: { ...principals, ...resources } },
      }),
      "sagemaker.api": document({ ...open, Action: "sagemaker:*" }),
      studio: document({ ...open, Action: "sagemaker:*" }),
    };
    for (const [service, policy] of Object.entries(policies))
      this.#endpoints.set(service, await this.#endpoint(service, "Interface", policy));
    this.#endpoints.set("dynamodb", await this.#endpoint("dynamodb", "Gateway", undefined));
    await this.#deployStudio();
    await this.#deployTables();
    const lambda = document({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    await this.role(SHARED, "presign", { trust: lambda, policy: this.presignPolicy() });
  }

  async #vpc(key: string): Promise<string> {
    const reply = await this.query("ec2", { key }, "CreateVpc", { CidrBlock: "10.1.0.0/16" });
    return valueAt(reply, "vpc", "vpcId");
  }

  async #deployStudio(): Promise<void> {
    const sender = { key: LOB };
    const VpcId = await this.#vpc(LOB);
    const subnet = await this.query("ec2", sender, "CreateSubnet", { VpcId, CidrBlock: "10.1.1.0/24" });
    const domain = await this.json("sagemaker", sender, "SageMaker.CreateDomain", {
      DomainName: "studio",
      AuthMode: "IAM",
      VpcId,
      SubnetIds: [valueAt(subnet, "subnet", "subnetId")],
      DefaultUserSettings: { ExecutionRole: `arn:aws:iam::${LOB}:role/studio` },
    });
    const { DomainId } = JSON.parse(succeeded(domain).body.toString()) as { DomainId: string };
    this.domainId = DomainId;
    for (const UserProfileName of ["alice", "bob"]) {
      const profile = { DomainId, UserProfileName };
      succeeded(await this.json("sagemaker", sender, "SageMaker.CreateUserProfile", profile));
    }
    const last = { DomainId, UserProfileName: "bob" };
    const describe = (): Promise<Reply> =>
      this.json("sagemaker", sender, "SageMaker.DescribeUserProfile", last);
    while (!(await describe()).body.includes('"InService"')) await setTimeout(100);
  }

  async #deployTables(): Promise<void> {
    for (const TableName of ["users", "secrets"]) {
      const made = await this.json("dynamodb", { key: SHARED }, "DynamoDB_20120810.CreateTable", {
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
      });
      succeeded(made);
    }
  }
}

/** @throws when the call failed */
export function succeeded(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`HTTP ${reply.status}: ${reply.body.toString().slice(0, 300)}`);
  return reply;
}

/** Text of an element of a reply. */
export function valueAt(reply: Reply, ...path: readonly string[]): string {
  const root = parseXml(succeeded(reply).body.toString());
  return (descendant(root, ...path) && textAt(root, ...path)) ?? "";
}
