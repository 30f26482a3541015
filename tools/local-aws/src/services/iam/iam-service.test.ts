import type { Reply } from "../../server/call";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { IamService } from "./iam-service";

const THERE = "arn:aws:iam::222222222222:role/ci/plan";
const USER = "arn:aws:iam::222222222222:user/carol";

/** A document of so many characters without white space, written with some. */
function ofSize(size: number): string {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "" }] };
  const empty = JSON.stringify(document).length;
  const [statement] = document.Statement;
  if (statement) statement.Resource = "r".repeat(size - empty);
  return JSON.stringify(document, undefined, 2);
}

const trust = (change: object = {}, top: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        ...change,
      },
    ],
    ...top,
  });

const trusting = (AWS: unknown): string => trust({ Principal: { AWS } });

/** An IAM whose identities have one inline policy, `first`, of 8,000 characters. */
function setUp(): {
  moto: FakeMoto;
  send: (operation: string, parameters: Record<string, string>) => Promise<Reply>;
} {
  const moto = new FakeMoto({
    forward: () => xmlAnswer("<R/>"),
    query: (_service, account, _region, { Action = "", RoleName, UserName }) => {
      const isThere = account === "222222222222";
      if (Action === "GetRole" && !(isThere && RoleName === "plan")) return xmlAnswer("", 404);
      if (Action === "GetUser" && !(isThere && UserName === "carol")) return xmlAnswer("", 404);
      const results: Readonly<Record<string, string>> = {
        GetRole: `<Role><Arn>${THERE}</Arn></Role>`,
        GetUser: `<User><Arn>${USER}</Arn></User>`,
        ListRolePolicies: "<PolicyNames><member>first</member></PolicyNames>",
        GetRolePolicy: `<PolicyDocument>${encodeURIComponent(ofSize(8000))}</PolicyDocument>`,
      };
      const result = `<${Action}Result>${results[Action] ?? ""}</${Action}Result>`;
      return xmlAnswer(`<${Action}Response>${result}</${Action}Response>`);
    },
  });
  const service = new IamService(moto);
  return {
    moto,
    send: (operation, parameters) => service.handle(formCall(operation, parameters, { service: "iam" })),
  };
}

const putRolePolicy = (PolicyName: string, size: number): Promise<Reply> =>
  setUp().send("PutRolePolicy", { RoleName: "r", PolicyName, PolicyDocument: ofSize(size) });

const createRole = (AssumeRolePolicyDocument: string): Promise<Reply> =>
  setUp().send("CreateRole", { RoleName: "r", AssumeRolePolicyDocument });

const refusal = (code: string, message: string, status: number): object => ({ code, message, status });

describe("the size of a policy", () => {
  it("is that of all inline policies of a role, without white space", async () => {
    const refused = refusal("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role r", 409);
    await expect(putRolePolicy("second", 2240)).resolves.toMatchObject({ status: 200 });
    await expect(putRolePolicy("second", 2241)).rejects.toMatchObject(refused);
    await expect(putRolePolicy("first", 10_240)).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    [
      "PutUserPolicy",
      { UserName: "u", PolicyName: "p" },
      2048,
      "Maximum policy size of 2048 bytes exceeded for user u",
    ],
    ["CreatePolicy", { PolicyName: "p" }, 6144, "Cannot exceed quota for PolicySize: 6144"],
    ["CreatePolicyVersion", { PolicyArn: "arn" }, 6144, "Cannot exceed quota for PolicySize: 6144"],
  ])("is limited in %s", async (operation, parameters, most, message) => {
    const { send } = setUp();
    const put = (size: number): Promise<Reply> =>
      send(operation, { ...parameters, PolicyDocument: ofSize(size) });
    await expect(put(most)).resolves.toMatchObject({ status: 200 });
    await expect(put(most + 1)).rejects.toMatchObject(refusal("LimitExceeded", message, 409));
  });

  it("is limited for a trust", async () => {
    const long = trust({ Condition: { StringEquals: { "sts:ExternalId": "x".repeat(2000) } } });
    await expect(createRole(long)).rejects.toMatchObject(
      refusal("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", 409),
    );
  });
});

describe("the grammar of a policy", () => {
  it.each([
    ["no JSON", "{", "This policy contains invalid Json"],
    ["an unknown field", trust({}, { Statements: [] }), "Unknown field Statements"],
    ["no statement", "{}", "Missing required field Statement"],
    [
      "an empty list of statements",
      trust({}, { Statement: [] }),
      "Could not parse the policy: Statement is empty!",
    ],
    ["an unknown field of a statement", trust({ Actions: [] }), "Unknown field Actions"],
    ["a resource", trust({ Resource: "*" }), "Has prohibited field Resource"],
    ["no principal", trust({ Principal: undefined }), "Missing required field Principal"],
    ["an unknown effect", trust({ Effect: "allow" }), "Invalid effect: allow"],
    [
      "a Sid with other characters",
      trust({ Sid: "a-b" }),
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ],
    [
      "a Sid twice",
      trust(
        {},
        {
          Statement: [1, 2].map(() => ({
            Sid: "a",
            Effect: "Deny",
            Principal: "*",
            Action: "sts:TagSession",
          })),
        },
      ),
      "Statement IDs (SID) in a single policy must be unique.",
    ],
  ])("refuses a trust with %s", async (_what, document, message) => {
    await expect(createRole(document)).rejects.toMatchObject(
      refusal("MalformedPolicyDocument", message, 400),
    );
    const { send } = setUp();
    const update = send("UpdateAssumeRolePolicy", { RoleName: "r", PolicyDocument: document });
    await expect(update).rejects.toMatchObject({ message });
  });

  it("takes a trust with one statement that is in no list", async () => {
    const { Statement: [Statement] = [] } = JSON.parse(trust({ Sid: "" })) as { Statement?: unknown[] };
    await expect(createRole(JSON.stringify({ Statement }))).resolves.toMatchObject({ status: 200 });
  });

  it.each(["PutRolePolicy", "PutUserPolicy", "CreatePolicy"])(
    "refuses Sids with other characters in %s",
    async (operation) => {
      const PolicyDocument = JSON.stringify({
        Statement: [{ Sid: "a b", Effect: "Allow", Action: "*", Resource: "*" }],
      });
      const put = setUp().send(operation, { RoleName: "r", UserName: "u", PolicyName: "p", PolicyDocument });
      await expect(put).rejects.toMatchObject({ code: "MalformedPolicyDocument" });
    },
  );

  it("leaves an identity policy that is no JSON to moto", async () => {
    const { moto, send } = setUp();
    await send("PutRolePolicy", { RoleName: "r", PolicyName: "p", PolicyDocument: "{" });
    expect(moto.forwarded).toHaveLength(1);
  });
});

describe("the principals of a trust", () => {
  it.each([
    ["a role", THERE],
    ["a user", USER],
    ["an account", "333333333333"],
    ["an account's root", "arn:aws:iam::333333333333:root"],
    ["a session", "arn:aws:sts::222222222222:assumed-role/gone/session"],
    ["everybody", "*"],
    ["several", [THERE, USER]],
  ])("may be %s", async (_what, principal) => {
    await expect(createRole(trusting(principal))).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ["a role that is not there", "arn:aws:iam::222222222222:role/gone"],
    ["a role of another path", "arn:aws:iam::222222222222:role/plan"],
    ["a role of another account", "arn:aws:iam::111111111111:role/ci/plan"],
    ["a user that is not there", "arn:aws:iam::222222222222:user/dave"],
    ["a wildcard for roles", "arn:aws:iam::222222222222:role/*"],
  ])("may not be %s", async (_what, principal) => {
    const message = `Invalid principal in policy: "AWS":"${principal}"`;
    await expect(createRole(trusting([THERE, principal]))).rejects.toMatchObject(
      refusal("MalformedPolicyDocument", message, 400),
    );
  });
});
