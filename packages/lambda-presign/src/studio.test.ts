import { createClients } from "./clients";
import type { Studio } from "./presign";
import { sessionPolicy } from "./session";
import { AssumedRoleStudio } from "./studio";
import { type FakeAws, reply, startFakeAws } from "./testing/aws";
import { ALICE, LOB, REGION, STUDIO_URL } from "./testing/fixtures";

const { signal } = new AbortController();

const ACTIONS = ["sagemaker:CreatePresignedDomainUrl"];
const ALICES = { request: ALICE, lob: LOB, roleArn: LOB.ROLE_ARN, actions: ACTIONS };

let aws: FakeAws;
let studio: Studio;

function studioOf(attemptMs: number): Studio {
  return new AssumedRoleStudio({
    ...createClients(
      { region: REGION, endpoint: aws.url },
      { connectMs: 5000, attemptMs, attempts: 3, backoffMs: 0 },
    ),
    region: REGION,
    urlExpiresSeconds: 20,
    sessionExpiresSeconds: 14_400,
  });
}

beforeEach(async () => {
  aws = await startFakeAws();
  process.env["AWS_ACCESS_KEY_ID"] = "own-key";
  process.env["AWS_SECRET_ACCESS_KEY"] = "own-secret";
  studio = studioOf(5000);
  aws.on("AssumeRole", reply.role);
  aws.on("CreatePresignedDomainUrl", reply.url(STUDIO_URL));
});

afterEach(() => aws.close());

function failing(code: string, reason: string): object {
  return { name: "Refused", code, reason };
}

// Broken connections are tried on the bundled function, outside jest: inside it Node's own errors are of another realm,
// and the SDK does not know them for errors.
describe("studio", () => {
  it("presigns as the user, in a session that can do nothing else", async () => {
    await expect(studio.presign(ALICE, LOB, signal)).resolves.toBe(STUDIO_URL);
    expect(aws.calls).toEqual([
      {
        operation: "AssumeRole",
        accessKeyId: "own-key",
        input: {
          Action: "AssumeRole",
          Version: "2011-06-15",
          RoleArn: LOB.ROLE_ARN,
          RoleSessionName: "alice",
          SourceIdentity: "alice",
          "Tags.member.1.Key": "user",
          "Tags.member.1.Value": "alice",
          Policy: sessionPolicy(ALICES, REGION),
          DurationSeconds: "900",
        },
      },
      {
        operation: "CreatePresignedDomainUrl",
        accessKeyId: "assumed-AccessKeyId",
        input: {
          DomainId: LOB.DOMAIN_ID,
          UserProfileName: "alice",
          ExpiresInSeconds: 20,
          SessionExpirationDurationInSeconds: 14_400,
          LandingUri: "studio::",
        },
      },
    ]);
  });

  it("presigns for an operator as the same user, in a session that names the operator's invocation", async () => {
    const sessionName = "operator+8f1c2d3e-0000-4000-8000-123456789abc";
    await studio.presign({ ...ALICE, sessionName }, LOB, signal);
    const [assume, presign] = aws.calls;
    expect(assume?.input).toMatchObject({
      RoleSessionName: sessionName,
      SourceIdentity: sessionName,
      "Tags.member.1.Key": "user",
      "Tags.member.1.Value": "alice",
      Policy: sessionPolicy(ALICES, REGION),
    });
    expect(presign?.input).toMatchObject({ UserProfileName: "alice" });
  });

  it("assumes the role anew for every request", async () => {
    await studio.presign(ALICE, LOB, signal);
    await studio.presign(ALICE, LOB, signal);
    expect(aws.operations().filter((operation) => operation === "AssumeRole")).toHaveLength(2);
  });

  it.each([
    ["denies", reply.xmlError(403, "AccessDenied"), failing("upstream_error", "sts_denied"), 1],
    ["throttles", reply.xmlError(400, "Throttling"), failing("throttled", "sts_throttled"), 3],
    ["fails", reply.xmlError(500, "InternalFailure"), failing("upstream_unavailable", "sts_unavailable"), 3],
    [
      "finds the policy too large",
      reply.xmlError(400, "PackedPolicyTooLarge"),
      failing("upstream_error", "sts_error"),
      1,
    ],
    [
      "gives no credentials",
      reply.xml(200, "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"),
      failing("upstream_error", "sts_error"),
      1,
    ],
  ])("refuses when STS %s", async (_case, answer, refusal, attempts) => {
    aws.on("AssumeRole", answer);
    await expect(studio.presign(ALICE, LOB, signal)).rejects.toMatchObject(refusal);
    expect(aws.operations()).toEqual(Array(attempts).fill("AssumeRole"));
  });

  it.each([
    [
      "denies",
      reply.jsonError(400, "AccessDeniedException"),
      failing("upstream_error", "sagemaker_denied"),
      1,
    ],
    [
      "throttles",
      reply.jsonError(400, "ThrottlingException"),
      failing("throttled", "sagemaker_throttled"),
      3,
    ],
    [
      "knows no such profile",
      reply.jsonError(400, "ResourceNotFound"),
      failing("studio_not_found", "profile_unknown"),
      1,
    ],
    [
      "fails",
      reply.jsonError(500, "InternalFailure"),
      failing("upstream_unavailable", "sagemaker_unavailable"),
      3,
    ],
    [
      "is not available",
      reply.jsonError(503, "ServiceUnavailable"),
      failing("upstream_unavailable", "sagemaker_unavailable"),
      3,
    ],
    [
      "finds a mistake",
      reply.jsonError(400, "ValidationException"),
      failing("upstream_error", "sagemaker_error"),
      1,
    ],
    ["answers nonsense", reply.xml(200, "<html>"), failing("upstream_error", "sagemaker_error"), 1],
  ])("refuses when SageMaker %s", async (_case, answer, refusal, attempts) => {
    aws.on("CreatePresignedDomainUrl", answer);
    await expect(studio.presign(ALICE, LOB, signal)).rejects.toMatchObject(refusal);
    expect(aws.operations()).toEqual([
      "AssumeRole",
      ...Array<string>(attempts).fill("CreatePresignedDomainUrl"),
    ]);
  });

  it.each([
    ["AssumeRole", "sts_timeout"],
    ["CreatePresignedDomainUrl", "sagemaker_timeout"],
  ] as const)("gives up on %s when every attempt hangs", async (operation, reason) => {
    aws.on(operation, reply.hang);
    // Long enough for the fake, in this process, to see each attempt on a busy machine too.
    await expect(studioOf(700).presign(ALICE, LOB, signal)).rejects.toMatchObject(
      failing("upstream_timeout", reason),
    );
    expect(aws.operations().filter((called) => called === operation)).toHaveLength(3);
  });

  it("gets over a failure that passes", async () => {
    aws.on("AssumeRole", reply.xmlError(500, "InternalFailure"), reply.role);
    aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ThrottlingException"), reply.url(STUDIO_URL));
    await expect(studio.presign(ALICE, LOB, signal)).resolves.toBe(STUDIO_URL);
    expect(aws.calls).toHaveLength(4);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    aws.on("AssumeRole", () => {
      controller.abort();
    });
    await expect(studio.presign(ALICE, LOB, controller.signal)).rejects.toMatchObject(
      failing("upstream_timeout", "sts_timeout"),
    );
    expect(aws.calls).toHaveLength(1);
  });
});

describe("sessionPolicy", () => {
  it("allows one action on one profile", () => {
    expect(JSON.parse(sessionPolicy(ALICES, REGION))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ACTIONS,
          Resource: "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abcdef123456/alice",
        },
      ],
    });
  });

  it("keeps the partition of the role", () => {
    const roleArn = LOB.ROLE_ARN.replace("arn:aws:", "arn:aws-us-gov:");
    expect(sessionPolicy({ ...ALICES, roleArn }, REGION)).toContain("arn:aws-us-gov:sagemaker:");
  });

  it("stays within the 2,048 characters of STS, for the longest names", () => {
    const lob = { ...LOB, DOMAIN_ID: `d-${"a".repeat(61)}` };
    const request = { ...ALICE, userName: "a".repeat(63) };
    expect(sessionPolicy({ ...ALICES, request, lob }, "ap-southeast-99").length).toBeLessThan(2048);
  });
});

describe("an answer of AWS's", () => {
  it("that stalls half-way is given up after the time of an attempt, and tried again", async () => {
    aws.on("CreatePresignedDomainUrl", reply.stall, reply.url(STUDIO_URL));
    await expect(studioOf(300).presign(ALICE, LOB, signal)).resolves.toBe(STUDIO_URL);
  });

  it("that always stalls is a time-out of ours", async () => {
    aws.on("CreatePresignedDomainUrl", reply.stall);
    await expect(studioOf(100).presign(ALICE, LOB, signal)).rejects.toMatchObject(
      failing("upstream_timeout", "sagemaker_timeout"),
    );
    expect(aws.operations().filter((name) => name === "CreatePresignedDomainUrl")).toHaveLength(3);
  });

  it("without end is not collected", async () => {
    const sent = { bytes: 0 };
    aws.on("CreatePresignedDomainUrl", reply.endless(sent));
    await expect(studio.presign(ALICE, LOB, signal)).rejects.toMatchObject({ name: "Refused" });
    expect(sent.bytes).toBeLessThan(20_000_000);
  });
});

describe("the clients", () => {
  const variables = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_RETRY_MODE: "nonsense",
    AWS_DEFAULTS_MODE: "nonsense",
    AWS_USE_FIPS_ENDPOINT: "true",
    AWS_USE_DUALSTACK_ENDPOINT: "true",
    AWS_AUTH_SCHEME_PREFERENCE: "nonsense",
    AWS_SDK_UA_APP_ID: "nonsense",
    AWS_MAX_ATTEMPTS: "7",
  };

  afterEach(() => {
    for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
  });

  it("look for no setting in files and variables", async () => {
    Object.assign(process.env, variables);
    const { config } = createClients({ region: REGION }).sts;
    expect(config.ignoreConfiguredEndpointUrls).toBe(true);
    const settings = ["useFipsEndpoint", "useDualstackEndpoint", "retryMode", "defaultsMode"] as const;
    const others = ["maxAttempts", "userAgentAppId", "authSchemePreference"] as const;
    const valueOf = async (name: (typeof settings | typeof others)[number]): Promise<unknown> => {
      const value = config[name];
      return typeof value === "function" ? value() : value;
    };
    expect(await Promise.all([...settings, ...others].map(valueOf))).toEqual([
      false,
      false,
      "standard",
      "standard",
      3,
      undefined,
      [],
    ]);
  });
});
