import { formCall } from "../services/testing/fake-moto";
import type { CheckedCaller } from "./caller";
import { endpoint, exampleCaller, exampleRole, ROLE_ARN, SESSION_ARN } from "./testing/example-caller";
import type { Finding } from "./finding";
import type { Judge } from "./judge";
import { stsCheck } from "./sts-check";

const allowed = { allowed: true } as Finding;
const REQUEST = { RoleArn: ROLE_ARN, RoleSessionName: "alice" };

type Asked = Parameters<Judge["assumeRole"]>;

async function judge(
  parameters: Readonly<Record<string, string>>,
  caller: CheckedCaller = exampleCaller(),
  operation = "AssumeRole",
): Promise<{ findings: readonly Finding[]; asked: Asked[] }> {
  const asked: Asked[] = [];
  const check = stsCheck({
    iam: { role: (arn) => Promise.resolve(arn === ROLE_ARN ? exampleRole() : undefined) },
    judge: {
      assumeRole: (...question) => {
        asked.push(question);
        return Promise.resolve(allowed);
      },
    },
  });
  const call = formCall(operation, parameters, { service: "sts", endpoint });
  return { findings: await check.judge(call, caller), asked };
}

describe("the check of AssumeRole", () => {
  it("asks with all that the call says of the session, and how it came", async () => {
    const { findings, asked } = await judge({
      ...REQUEST,
      ExternalId: "x",
      SourceIdentity: "alice",
      "Tags.member.1.Key": "user",
      "Tags.member.1.Value": "alice",
      "TransitiveTagKeys.member.1": "user",
    });
    expect(findings).toEqual([allowed]);
    expect(asked).toEqual([
      [
        { region: "eu-west-1", endpoint, userAgent: undefined },
        exampleCaller(),
        expect.objectContaining({ arn: ROLE_ARN }),
        {
          roleSessionName: "alice",
          externalId: "x",
          sourceIdentity: "alice",
          tags: { user: "alice" },
          transitiveTagKeys: ["user"],
        },
      ],
    ]);
  });

  it("denies a role that is not there", async () => {
    const RoleArn = `${ROLE_ARN}-2`;
    expect((await judge({ ...REQUEST, RoleArn })).findings).toMatchObject([
      {
        who: SESSION_ARN,
        action: "sts:AssumeRole",
        resource: RoleArn,
        allowed: false,
        why: `there is no role ${RoleArn}`,
      },
    ]);
  });

  it("does not ask policies about a call that is malformed", async () => {
    await expect(judge({ ...REQUEST, RoleSessionName: "a b" })).rejects.toMatchObject({
      code: "ValidationError",
    });
  });

  it("leaves it to STS to refuse another source identity", async () => {
    const caller = exampleCaller({ principal: { sourceIdentity: "alice" } });
    const { findings, asked } = await judge({ ...REQUEST, SourceIdentity: "bob" }, caller);
    expect([findings, asked]).toEqual([[], []]);
  });

  it("refuses a tag that the role chain hands on", async () => {
    const caller = exampleCaller({ principal: { tags: { user: "alice" }, transitiveTagKeys: ["user"] } });
    const tags = { "Tags.member.1.Key": "User", "Tags.member.1.Value": "bob" };
    await expect(judge({ ...REQUEST, ...tags }, caller)).rejects.toMatchObject({
      code: "InvalidParameterValue",
    });
  });

  it("gives out no keys whose holder would pass for an operator", async () => {
    await expect(judge({}, exampleCaller(), "GetSessionToken")).rejects.toMatchObject({
      code: "NotImplemented",
    });
  });
});
