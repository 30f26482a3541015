import { createClients } from "./clients";
import { AssumedRoleProfileMaker } from "./profile-maker";
import type { ProfileMaker } from "./presign";
import { sessionPolicy } from "./session";
import { type FakeAws, reply, startFakeAws } from "./testing/aws";
import { ALICE, GROUP_LOB, LOB, REGION } from "./testing/fixtures";

const { signal } = new AbortController();
const PROFILE = { DomainId: GROUP_LOB.DOMAIN_ID, UserProfileName: "alice" };
const ARN = "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abcdef123456/alice";

let aws: FakeAws;
let maker: ProfileMaker;

beforeEach(async () => {
  aws = await startFakeAws();
  process.env["AWS_ACCESS_KEY_ID"] = "own-key";
  process.env["AWS_SECRET_ACCESS_KEY"] = "own-secret";
  maker = new AssumedRoleProfileMaker({
    ...createClients(
      { region: REGION, endpoint: aws.url },
      { connectMs: 5000, attemptMs: 5000, attempts: 3, backoffMs: 0 },
    ),
    region: REGION,
  });
  aws.on("AssumeRole", reply.role);
  aws.on("CreateUserProfile", reply.json(200, { UserProfileArn: ARN }));
});

afterEach(() => aws.close());

const inUse = reply.jsonError(400, "ResourceInUse");
const make = (): Promise<string> => maker.make(ALICE, GROUP_LOB, signal);

describe("the maker of profiles", () => {
  it("makes one with a tag and nothing else, in the user's name, in a session for that profile alone", async () => {
    await expect(make()).resolves.toBe("begun");
    const actions = ["sagemaker:CreateUserProfile", "sagemaker:DescribeUserProfile", "sagemaker:AddTags"];
    const roleArn = GROUP_LOB.PROFILE_MAKER_ROLE_ARN ?? "";
    expect(aws.calls).toEqual([
      {
        operation: "AssumeRole",
        accessKeyId: "own-key",
        input: {
          Action: "AssumeRole",
          Version: "2011-06-15",
          RoleArn: roleArn,
          RoleSessionName: "alice",
          SourceIdentity: "alice",
          "Tags.member.1.Key": "user",
          "Tags.member.1.Value": "alice",
          Policy: sessionPolicy({ request: ALICE, lob: GROUP_LOB, roleArn, actions }, REGION),
          DurationSeconds: "900",
        },
      },
      {
        operation: "CreateUserProfile",
        accessKeyId: "assumed-AccessKeyId",
        input: { ...PROFILE, Tags: [{ Key: "studio-access:made-by", Value: "sign-in" }] },
      },
    ]);
    expect(JSON.parse(String(aws.calls[0]?.input["Policy"]))).toMatchObject({
      Statement: [{ Effect: "Allow", Action: actions, Resource: ARN }],
    });
  });

  it.each([
    ["Pending", "pending"],
    ["Updating", "pending"],
    ["Deleting", "pending"],
    ["InService", "ready"],
    ["Failed", "failed"],
    ["Update_Failed", "failed"],
    ["Delete_Failed", "failed"],
  ])("finds one that is there already, %s: %s", async (Status, state) => {
    aws.on("CreateUserProfile", inUse);
    aws.on("DescribeUserProfile", reply.json(200, { ...PROFILE, Status, FailureReason: "quoted" }));
    await expect(make()).resolves.toBe(state);
    expect(aws.operations()).toEqual(["AssumeRole", "CreateUserProfile", "DescribeUserProfile"]);
    expect(aws.calls.at(-1)?.input).toEqual(PROFILE);
  });

  it("lets the next request make it, where it was deleted just now", async () => {
    aws.on("CreateUserProfile", inUse);
    aws.on("DescribeUserProfile", reply.jsonError(400, "ResourceNotFound"));
    await expect(make()).resolves.toBe("pending");
  });

  it("finds its own after a call whose answer was lost", async () => {
    aws.on("CreateUserProfile", reply.jsonError(500, "InternalFailure"), inUse);
    aws.on("DescribeUserProfile", reply.json(200, { ...PROFILE, Status: "Pending" }));
    await expect(make()).resolves.toBe("pending");
  });

  it("at two sign-ins at the same moment, makes one, and both are told to wait", async () => {
    aws.on("CreateUserProfile", reply.json(200, { UserProfileArn: ARN }), inUse);
    aws.on("DescribeUserProfile", reply.json(200, { ...PROFILE, Status: "Pending" }));
    const states = await Promise.all([make(), make()]);
    expect(states.sort()).toEqual(["begun", "pending"]);
  });

  it.each([
    ["the quota is reached", reply.jsonError(400, "ResourceLimitExceeded"), "profile_limit_reached", 1],
    ["it may not", reply.jsonError(400, "AccessDeniedException"), "upstream_error", 1],
    ["SageMaker throttles", reply.jsonError(400, "ThrottlingException"), "throttled", 3],
    ["SageMaker fails", reply.jsonError(500, "InternalFailure"), "upstream_unavailable", 3],
    ["SageMaker finds a mistake", reply.jsonError(400, "ValidationException"), "upstream_error", 1],
  ])("refuses when %s", async (_what, answer, code, attempts) => {
    aws.on("CreateUserProfile", answer);
    await expect(make()).rejects.toMatchObject({
      name: "Refused",
      code,
      reason: expect.stringMatching(/^profile_/) as string,
    });
    expect(aws.operations()).toEqual(["AssumeRole", ...Array<string>(attempts).fill("CreateUserProfile")]);
  });

  it("says by its reason that its own role is at fault, not the access role", async () => {
    aws.on("AssumeRole", reply.xmlError(403, "AccessDenied"));
    await expect(make()).rejects.toMatchObject({ code: "upstream_error", reason: "profile_maker_denied" });
    aws.on("AssumeRole", reply.role);
    aws.on("CreateUserProfile", inUse);
    aws.on("DescribeUserProfile", reply.jsonError(400, "AccessDeniedException"));
    await expect(make()).rejects.toMatchObject({ reason: "profile_maker_denied" });
  });

  it("refuses a row without its role, and asks nobody", async () => {
    await expect(maker.make(ALICE, LOB, signal)).rejects.toMatchObject({
      code: "upstream_error",
      reason: "lob_record_invalid",
    });
    expect(aws.calls).toEqual([]);
  });
});
