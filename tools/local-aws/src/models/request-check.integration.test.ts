import { AwsError } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import { FORWARDED_SERVICES } from "../server/forwarded-services";
import type { ModelStore } from "./model-store";
import { patternOf } from "./pattern";
import { requestCheck, type RequestCheck } from "./request-check";
import type { ServiceModel } from "./service-model";
import { breakagesOf, type Breakage } from "./testing/breakages";
import { motoModels } from "./testing/moto-models";
import { callOf, recordedCalls } from "./testing/recorded-requests";

/** Services that the local AWS answers, those of its own included. */
const SERVICES = [...FORWARDED_SERVICES, "ram", "servicequotas"].sort();

/** Slow machines included; the median was 0.05 ms. */
const MEDIAN_MS = 1;

let models: ModelStore;
let check: RequestCheck;

beforeAll(async () => {
  models = await motoModels();
  check = requestCheck(models);
});

async function modelOf(service: string): Promise<ServiceModel> {
  const model = await models.model(service);
  if (model === undefined) throw new Error(`there is no model of ${service}`);
  return model;
}

async function refusal(call: AwsCall): Promise<AwsError | undefined> {
  try {
    await check(call);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

async function breakages(): Promise<Breakage[]> {
  const broken: Breakage[] = [];
  for (const call of recordedCalls()) broken.push(...breakagesOf(await modelOf(call.service), call));
  return broken;
}

describe("the check of requests", () => {
  it("has a model of every service that the local AWS answers", async () => {
    for (const service of SERVICES) {
      const { endpointPrefix, signingName = endpointPrefix } = (await modelOf(service)).metadata;
      expect(signingName).toBe(service);
    }
  });

  it("lets every recorded request pass", async () => {
    const refused: string[] = [];
    for (const call of recordedCalls()) {
      const error = await refusal(call);
      if (error) refused.push(`${call.service} ${call.operation}: ${error.code} ${error.message}`);
    }
    expect(refused).toEqual([]);
  });

  it("refuses every breakage of a recorded request with an error of the service", async () => {
    const broken = await breakages();
    const passed: string[] = [];
    for (const { name, call } of broken) {
      const error = await refusal(call);
      if (error?.status !== 400 || !CODES.has(error.code)) passed.push(`${name}: ${error?.code ?? "passed"}`);
    }
    expect(passed).toEqual([]);
  });

  it("is tried with breakages of every kind, in every protocol", async () => {
    const broken = await breakages();
    expect(new Set(broken.map(({ name }) => name)).size).toBeGreaterThan(400);
    expect(new Set(broken.map(({ call }) => call.service)).size).toBeGreaterThanOrEqual(18);
    expect([...new Set(broken.map(({ kind }) => kind))].sort()).toEqual([
      "against pattern",
      "missing",
      "not in enumeration",
      "out of range",
      "too long",
      "too short",
      "wrong type",
    ]);
    const protocols = await Promise.all(
      broken.map(async ({ call }) => (await modelOf(call.service)).metadata),
    );
    expect(new Set(protocols.map(({ protocol }) => protocol))).toEqual(
      new Set(["ec2", "json", "query", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"]),
    );
  });

  it("takes less than a millisecond for most requests", async () => {
    const calls = recordedCalls();
    for (const call of calls) await check(call);
    const times: number[] = [];
    for (const call of calls) {
      const start = performance.now();
      await check(call);
      times.push(performance.now() - start);
    }
    times.sort((left, right) => left - right);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(MEDIAN_MS);
  });

  it("can judge every pattern of these services but the listed ones", async () => {
    const untold: string[] = [];
    for (const service of SERVICES) {
      const shapes = Object.values((await modelOf(service)).shapes);
      const patterns = new Set(shapes.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern])));
      for (const pattern of patterns) if (!patternOf(pattern)) untold.push(`${service} ${pattern}`);
    }
    expect(untold).toEqual([]);
  });
});

/** Codes of the services' errors for a request that their models do not allow. */
const CODES = new Set([
  "InvalidArgument",
  "InvalidInput",
  "InvalidInputException",
  "InvalidParameter",
  "InvalidParameterException",
  "InvalidParameterValue",
  "MalformedInput",
  "MalformedXML",
  "MissingParameter",
  "SerializationException",
  "ValidationError",
  "ValidationException",
]);

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const MALFORMED_XML =
  "The XML you provided was not well-formed or did not validate against our published schema";

function form(service: string, text: string): AwsCall {
  return callOf({ service, method: "POST", path: "/", headers: FORM, body: text });
}

function json(service: string, target: string, body: unknown): AwsCall {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return callOf({ service, method: "POST", path: "/", headers, body: JSON.stringify(body) });
}

function rest(service: string, request: string, body = ""): AwsCall {
  const [method = "", path = ""] = request.split(" ");
  return callOf({ service, method, path, headers: {}, body });
}

const TAGS = Array.from({ length: 11 }, (_, index) => `<Tag><Key>k${index}</Key><Value>v</Value></Tag>`).join(
  "",
);
const NS = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

describe("the words of a refusal", () => {
  it.each<[string, AwsCall, string, string]>([
    [
      "IAM, a name over 64 characters",
      form("iam", `Action=GetRole&RoleName=${"r".repeat(65)}`),
      "ValidationError",
      `1 validation error detected: Value '${"r".repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      "IAM, two missing members",
      form("iam", "Action=CreateRole"),
      "ValidationError",
      "2 validation errors detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null; Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null",
    ],
    [
      "IAM, the key of a tag",
      form("iam", `Action=TagRole&RoleName=r&Tags.member.1.Key=${"k".repeat(129)}&Tags.member.1.Value=v`),
      "ValidationError",
      `1 validation error detected: Value '${"k".repeat(129)}' at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`,
    ],
    [
      "STS, too short a session",
      form(
        "sts",
        "Action=AssumeRole&RoleArn=arn:aws:iam::111111111111:role/r&RoleSessionName=ann&DurationSeconds=60",
      ),
      "ValidationError",
      "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      "SNS, a missing topic",
      form("sns", "Action=GetTopicAttributes"),
      "InvalidParameter",
      "Invalid parameter: TopicArn Reason: no value for required parameter",
    ],
    [
      "EC2, a missing parameter",
      form("ec2", "Action=CreateSubnet&CidrBlock=10.0.0.0/24"),
      "MissingParameter",
      "The request must contain the parameter VpcId",
    ],
    [
      "EC2, a page of less than five gateways",
      form("ec2", "Action=DescribeTransitGateways&MaxResults=1"),
      "InvalidParameterValue",
      "Value (1) for parameter MaxResults is invalid. Expecting a value greater than or equal to 5.",
    ],
    [
      "EC2, a parameter that there is not",
      form("ec2", "Action=DescribeVpcs&VpcIdentifier.1=vpc-1"),
      "UnknownParameter",
      "The parameter VpcIdentifier is not recognized",
    ],
    [
      "KMS, a value of the wrong type",
      json("kms", "TrentService.DescribeKey", { KeyId: 5 }),
      "SerializationException",
      "NUMBER_VALUE can not be converted to a String",
    ],
    [
      "SageMaker, an enumeration",
      json("sagemaker", "SageMaker.ListApps", { SortOrder: "Up" }),
      "ValidationException",
      "1 validation error detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]",
    ],
    [
      "SageMaker, too large a page",
      json("sagemaker", "SageMaker.ListDomains", { MaxResults: 101 }),
      "ValidationException",
      "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      "Cognito, a pattern",
      json("cognito-idp", "AWSCognitoIdentityProviderService.DescribeUserPool", { UserPoolId: "pool" }),
      "InvalidParameterException",
      "1 validation error detected: Value 'pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      "Cognito, a password, which is not repeated",
      json("cognito-idp", "AWSCognitoIdentityProviderService.AdminSetUserPassword", {
        UserPoolId: "eu-west-1_abc",
        Username: "ann",
        Password: "p".repeat(257),
      }),
      "InvalidParameterException",
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length less than or equal to 256",
    ],
    [
      "Organizations, a pattern",
      json("organizations", "AWSOrganizationsV20161128.DescribeAccount", { AccountId: "1" }),
      "InvalidInputException",
      "You provided a value that does not match the required pattern.",
    ],
    [
      "EFS, an id in the path",
      rest("elasticfilesystem", "DELETE /2015-02-01/file-systems/fake-id"),
      "ValidationException",
      "1 validation error detected: Value 'fake-id' at 'fileSystemId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(arn:aws[-a-z]*:elasticfilesystem:[0-9a-z-:]+:file-system/fs-[0-9a-f]{8,40}|fs-[0-9a-f]{8,40})$",
    ],
    [
      "API Gateway, an enumeration",
      rest("apigateway", "POST /restapis", JSON.stringify({ name: "api", apiKeySource: "QUERY" })),
      "ValidationException",
      "1 validation error detected: Value 'QUERY' at 'createRestApiInput.apiKeySource' failed to satisfy constraint: Member must satisfy enum value set: [HEADER, AUTHORIZER]",
    ],
    [
      "RAM, a missing owner",
      rest("ram", "POST /getresourceshares", "{}"),
      "InvalidParameterException",
      "1 validation error detected: Value null at 'resourceOwner' failed to satisfy constraint: Member must not be null",
    ],
    [
      "Route 53, an id that is too long in the path",
      rest("route53", `GET /2013-04-01/hostedzone/${"Z".repeat(33)}`),
      "InvalidInput",
      `1 validation error detected: Value '${"Z".repeat(33)}' at 'id' failed to satisfy constraint: Member must have length less than or equal to 32`,
    ],
    [
      "Route 53, more than 10 tags",
      rest(
        "route53",
        "POST /2013-04-01/tags/hostedzone/Z1",
        `<ChangeTagsForResourceRequest ${NS}><AddTags>${TAGS}</AddTags></ChangeTagsForResourceRequest>`,
      ),
      "InvalidInput",
      expect.stringMatching(/at 'addTags' .* length less than or equal to 10$/),
    ],
    [
      "Route 53, a region that there is not",
      rest("route53", "GET /2013-04-01/hostedzonesbyvpc?vpcid=vpc-1&vpcregion=mars"),
      "InvalidInput",
      expect.stringContaining("at 'vPCRegion' failed to satisfy constraint: Member must satisfy enum"),
    ],
    [
      "Route 53, an element that there is not",
      rest(
        "route53",
        "POST /2013-04-01/hostedzone",
        `<CreateHostedZoneRequest ${NS}><Name>a.example</Name><CallerReference>1</CallerReference><Private/></CreateHostedZoneRequest>`,
      ),
      "InvalidInput",
      "Invalid XML ; javax.xml.stream.XMLStreamException: cvc-complex-type.2.4.a: Invalid content was found starting with element 'Private'.",
    ],
    [
      "S3, a status in a body",
      rest(
        "s3",
        "PUT /state-1?versioning",
        "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>",
      ),
      "MalformedXML",
      MALFORMED_XML,
    ],
    [
      "S3, no body",
      rest("s3", "PUT /state-1?versioning"),
      "MissingRequestBodyError",
      "Request Body is empty",
    ],
    ["S3, a body that is no XML", rest("s3", "PUT /state-1?tagging", "tags"), "MalformedXML", MALFORMED_XML],
    [
      "S3, a region that there is not",
      rest(
        "s3",
        "PUT /state-1",
        "<CreateBucketConfiguration><LocationConstraint>mars</LocationConstraint></CreateBucketConfiguration>",
      ),
      "InvalidLocationConstraint",
      "The specified location-constraint is not valid: mars",
    ],
    [
      "CloudWatch, an enumeration",
      form("monitoring", "Action=DescribeAlarms&StateValue=BROKEN"),
      "ValidationError",
      "1 validation error detected: Value 'BROKEN' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [OK, ALARM, INSUFFICIENT_DATA]",
    ],
  ])("are those of AWS: %s", async (_case, call, code, message) => {
    expect(await refusal(call)).toMatchObject({ code, message, status: 400 });
  });

  it.each<[string, AwsCall, string, number]>([
    ["Query", form("iam", "Action=CreateRolle"), "InvalidAction", 400],
    ["EC2", form("ec2", "Action=CreateVpcs"), "InvalidAction", 400],
    ["JSON", json("kms", "TrentService.CreateKeys", {}), "UnknownOperationException", 400],
    ["JSON of another service", json("kms", "SageMaker.CreateDomain", {}), "UnknownOperationException", 400],
    [
      "JSON by an object's own property",
      json("kms", "TrentService.toString", {}),
      "UnknownOperationException",
      400,
    ],
    ["REST in JSON", rest("lambda", "GET /2015-03-31/function"), "UnknownOperationException", 404],
    ["REST in XML", rest("route53", "PATCH /2013-04-01/hostedzone"), "UnknownOperationException", 404],
    ["S3", rest("s3", "PATCH /bucket"), "MethodNotAllowed", 405],
  ])("name an operation that the model does not have: %s", async (_protocol, call, code, status) => {
    expect(await refusal(call)).toMatchObject({ code, status });
  });

  it("refuses a body that is no JSON", async () => {
    const call = rest("lambda", "PUT /2015-03-31/functions/f/configuration", "{");
    expect(await refusal(call)).toMatchObject({ code: "SerializationException" });
  });

  it("ignores members that the model does not have, as AWS does, in JSON and in the Query protocol", async () => {
    expect(
      await refusal(json("kms", "TrentService.DescribeKey", { KeyId: "k", Color: "red" })),
    ).toBeUndefined();
    expect(await refusal(form("iam", "Action=GetRole&RoleName=r&Color=red"))).toBeUndefined();
  });
});
