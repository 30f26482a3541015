import { compile } from "../iam/stored-policy";
import type { Reply } from "../server/call";
import type { AssumedSession, PresignedUrlRecord } from "../server/data-plane";
import { fakeCall, formCall, xmlAnswer } from "../services/testing/fake-moto";
import { Enforcement } from "./enforcement";
import { endpoint, exampleRole, networkWith, NOW, ROLE_ARN, SESSION_ARN } from "./testing/example-caller";
import { document } from "./testing/example-deployment";
import { DENIED_BY } from "./refusal";

const PROFILE_ARN = "arn:aws:sagemaker:eu-west-1:111111111111:user-profile/d-abc/alice";
const ALLOW_HERE = document({
  Effect: "Allow",
  Action: "sagemaker:CreatePresignedDomainUrl",
  Resource: PROFILE_ARN,
  Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
});
const SESSION = {
  accessKeyId: "ASIASESSION",
  account: "111111111111",
  roleArn: ROLE_ARN,
  sessionName: "fn",
  sourceIdentity: undefined,
  tags: new Map(),
  transitiveTagKeys: [],
  policy: undefined,
  policyArns: [],
} as unknown as AssumedSession;

interface SetUp {
  readonly enforcement: Enforcement;
  readonly lines: string[];
}

/** Enforcement for a session of a role that has one policy. */
async function setUp(policy = ALLOW_HERE): Promise<SetUp> {
  const lines: string[] = [];
  const role = exampleRole({ policies: [{ name: "inline", text: policy }] });
  const enforcement = new Enforcement({
    iam: {
      role: (arn) => Promise.resolve(arn === ROLE_ARN ? role : undefined),
      user: () => Promise.resolve(undefined),
      sessionPolicy: (arn) => Promise.resolve(compile(policy, "session", arn)),
    },
    sessions: { get: (key) => (key === SESSION.accessKeyId ? SESSION : undefined) },
    webIdentityOf: () => Promise.reject(new Error("no token was expected")),
    functionSessions: {
      sessionOf: (accessKeyId) =>
        accessKeyId === "ASIAGONE"
          ? {
              accessKeyId,
              roleArn: `${ROLE_ARN}-gone`,
              sessionName: "fn",
              functionArn: "arn:fn",
              issuedAt: NOW,
            }
          : undefined,
    },
    functions: { policyOf: () => Promise.resolve(undefined) },
    network: networkWith(""),
    studioTags: () => new Map(),
    organization: undefined,
    report: (line) => lines.push(line),
    clock: () => NOW,
  });
  const credentials = `<Credentials><AccessKeyId>${SESSION.accessKeyId}</AccessKeyId></Credentials>`;
  await enforcement.observe(
    formCall("AssumeRole", {}, { service: "sts" }),
    xmlAnswer(`<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`),
  );
  return { enforcement, lines };
}

async function presign(
  { enforcement }: SetUp,
  { accessKeyId = SESSION.accessKeyId, user = "alice" } = {},
): Promise<Reply | undefined> {
  const call = fakeCall({
    service: "sagemaker",
    operation: "CreatePresignedDomainUrl",
    headers: { "x-amz-target": "SageMaker.CreatePresignedDomainUrl" },
    accessKeyId,
    endpoint,
    body: JSON.stringify({ DomainId: "d-abc", UserProfileName: user }),
  });
  return await enforcement.intercept(call);
}

describe("enforcement", () => {
  it("allows a call that the policies allow, and logs the decision", async () => {
    const { lines, ...rest } = await setUp();
    expect(await presign({ lines, ...rest })).toBeUndefined();
    expect(lines).toEqual([
      `allowed sagemaker:CreatePresignedDomainUrl: ${SESSION_ARN} on ${PROFILE_ARN} through vpce-1: ` +
        "Allow in identity policy inline, statement 0",
    ]);
  });

  it("refuses a call that the policies do not allow, and gives the reason in the header and the log", async () => {
    const { lines, ...rest } = await setUp();
    const reply = await presign({ lines, ...rest }, { user: "bob" });
    const why = "no Allow of sagemaker:CreatePresignedDomainUrl in identity policy inline";
    expect([reply?.status, reply?.headers[DENIED_BY]]).toEqual([400, why]);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^DENIED .*alice|bob.*: ${why}$`))]);
  });

  it("does not check an operator, and logs that once", async () => {
    const { lines, ...rest } = await setUp();
    const operator = { accessKeyId: "test", user: "bob" };
    expect(await presign({ lines, ...rest }, operator)).toBeUndefined();
    expect(await presign({ lines, ...rest }, operator)).toBeUndefined();
    expect(lines).toEqual(["not checked, as an operator: neither IAM nor STS issued the access key"]);
  });

  it("refuses the credentials of a deleted role", async () => {
    const { lines, ...rest } = await setUp();
    const reply = await presign({ lines, ...rest }, { accessKeyId: "ASIAGONE" });
    expect(reply?.body.toString()).toContain("UnrecognizedClientException");
    expect(lines).toEqual([expect.stringContaining(`the execution role ${ROLE_ARN}-gone was deleted`)]);
  });

  it("answers InternalFailure when it cannot evaluate a policy", async () => {
    const { lines, ...rest } = await setUp(
      document({ Effect: "Allow", Action: "sagemaker:NoSuchAction", Resource: "*" }),
    );
    await expect(presign({ lines, ...rest })).rejects.toMatchObject({
      code: "InternalFailure",
      status: 501,
      message: expect.stringContaining('identity policy "inline", statement 0') as unknown,
    });
    expect(lines).toEqual([expect.stringMatching(/^NOT EVALUATED sagemaker CreatePresignedDomainUrl: /)]);
  });

  it("checks every other call by its action alone", async () => {
    const { enforcement, lines } = await setUp();
    const call = fakeCall({
      service: "sagemaker",
      operation: "DescribeDomain",
      headers: { "x-amz-target": "SageMaker.DescribeDomain" },
      accessKeyId: SESSION.accessKeyId,
    });
    const reply = await enforcement.intercept(call);
    expect([reply?.status, reply?.body.toString()]).toEqual([
      400,
      expect.stringContaining("AccessDeniedException"),
    ]);
    expect(lines).toEqual([
      `DENIED by its action alone, sagemaker:DescribeDomain: ${SESSION_ARN} on * without an endpoint: ` +
        "no Allow of sagemaker:DescribeDomain in identity policy inline",
    ]);
  });

  it.each([
    ["that needs no permission", "sts", "GetCallerIdentity", SESSION.accessKeyId],
    ["that is not signed", "cognito-idp", "InitiateAuth", undefined],
  ])("lets a call pass %s", async (_, service, operation, accessKeyId) => {
    const { enforcement, lines } = await setUp();
    expect(await enforcement.intercept(fakeCall({ service, operation, accessKeyId }))).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe("a further action, on which an answer depends", () => {
  const call = (accessKeyId: string): ReturnType<typeof fakeCall> =>
    fakeCall({ service: "lambda", operation: "GetFunction", accessKeyId });

  it.each([
    ["allowed to whom a policy allows it", "lambda:*", SESSION.accessKeyId, true],
    ["refused to whom no policy allows it", "lambda:GetFunction", SESSION.accessKeyId, false],
    ["allowed to an operator", "lambda:GetFunction", "test", true],
    ["refused to a deleted role", "lambda:*", "ASIAGONE", false],
  ])("is %s", async (_who, Action, key, expected) => {
    const { enforcement } = await setUp(document({ Effect: "Allow", Action, Resource: "*" }));
    await expect(enforcement.mayAlso(call(key), "lambda:ListTags")).resolves.toBe(expected);
  });

  it("is logged", async () => {
    const { enforcement, lines } = await setUp();
    await enforcement.mayAlso(call(SESSION.accessKeyId), "lambda:ListTags");
    expect(lines).toEqual([
      expect.stringMatching(/^DENIED for the answer to GetFunction, by its action alone, lambda:ListTags: /),
    ]);
  });
});

describe("the use of a Studio URL", () => {
  const record = (accessKeyId: string): PresignedUrlRecord => ({
    token: "example-token",
    account: "111111111111",
    region: "eu-west-1",
    domainId: "d-abc",
    userProfileName: "alice",
    expiresAt: new Date(NOW),
    sessionSeconds: 3600,
    landingUri: undefined,
    spaceName: undefined,
    accessKeyId,
    endpoint,
  });
  const elsewhere = { ...endpoint, vpcEndpointId: "vpce-2" };
  const missing = "no Allow of sagemaker:CreatePresignedDomainUrl in identity policy inline";

  it.each([
    ["through an endpoint that its creator's policy names", SESSION.accessKeyId, endpoint, { allowed: true }],
    ["through another endpoint", SESSION.accessKeyId, elsewhere, { allowed: false, deniedBy: missing }],
    ["without an endpoint", SESSION.accessKeyId, undefined, { allowed: false, deniedBy: missing }],
    [
      "when its creator's role was deleted",
      "ASIAGONE",
      endpoint,
      { allowed: false, deniedBy: `the execution role ${ROLE_ARN}-gone was deleted` },
    ],
    ["of an operator's URL, through any endpoint", "test", elsewhere, { allowed: true }],
    ["of an operator's URL, without an endpoint", "test", undefined, { allowed: false }],
  ])("is authorized again: %s", async (_, key, through, expected) => {
    const { enforcement, lines } = await setUp();
    expect(await enforcement.mayUse(record(key), through)).toEqual(expected);
    expect(lines.join("\n")).not.toContain("example-token");
  });
});
