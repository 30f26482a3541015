import type { Reply } from "../server/call";
import { FakeMoto, xmlAnswer } from "../services/testing/fake-moto";
import { IamStore } from "./iam-store";

const ROLE_ARN = "arn:aws:iam::111111111111:role/door/presign";
const policy = (Action: string): string =>
  encodeURIComponent(
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
  );
const TRUST = encodeURIComponent(
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  }),
);
const tags = "<Tags><member><Key>stack</Key><Value>access</Value></member></Tags>";
const boundary =
  "<PermissionsBoundary><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary>";
const attached = (arn: string): string =>
  `<AttachedPolicies><member><PolicyArn>${arn}</PolicyArn></member></AttachedPolicies>`;
const named = (name: string): string => `<PolicyNames><member>${name}</member></PolicyNames>`;

const ANSWERS: Readonly<Record<string, string>> = {
  GetRole:
    `<Role><Arn>${ROLE_ARN}</Arn><RoleId>AROA1</RoleId>${tags}${boundary}` +
    `<AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument></Role>`,
  ListRolePolicies: named("own"),
  GetRolePolicy: `<PolicyDocument>${policy("dynamodb:GetItem")}</PolicyDocument>`,
  ListAttachedRolePolicies: attached("arn:m"),
  GetPolicy: "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>",
  GetPolicyVersion: `<PolicyVersion><Document>${policy("s3:GetObject")}</Document></PolicyVersion>`,
  GetUser: `<User><Arn>arn:aws:iam::111111111111:user/carol</Arn><UserId>AIDA1</UserId>${tags}</User>`,
  ListAccessKeys:
    "<AccessKeyMetadata><member><AccessKeyId>AKIA1</AccessKeyId><Status>Active</Status></member>" +
    "<member><AccessKeyId>AKIA2</AccessKeyId><Status>Inactive</Status></member></AccessKeyMetadata>",
  ListGroupsForUser: "<Groups><member><GroupName>staff</GroupName></member></Groups>",
  ListUserPolicies: named("own"),
  GetUserPolicy: `<PolicyDocument>${policy("dynamodb:GetItem")}</PolicyDocument>`,
  ListAttachedUserPolicies: "<AttachedPolicies/>",
  ListGroupPolicies: "<PolicyNames/>",
  ListAttachedGroupPolicies: attached("arn:g"),
};

interface Iam {
  readonly store: IamStore;
  readonly asked: Readonly<Record<string, string>>[];
}

function iamWith(answers: Readonly<Record<string, string | Reply>> = {}): Iam {
  const asked: Readonly<Record<string, string>>[] = [];
  const moto = new FakeMoto({
    query: (service, account, _, parameters) => {
      asked.push({ ...parameters, account });
      const { Action = "" } = parameters;
      const answer = answers[Action] ?? ANSWERS[Action] ?? "";
      if (service !== "iam" || typeof answer !== "string") return answer as Reply;
      return xmlAnswer(`<${Action}Response><${Action}Result>${answer}</${Action}Result></${Action}Response>`);
    },
  });
  return { store: new IamStore(moto), asked };
}

describe("a role", () => {
  it("has its trust, its inline and managed policies, its boundary and its tags", async () => {
    const { store, asked } = iamWith();
    const role = await store.role(ROLE_ARN);
    expect(role).toMatchObject({ arn: ROLE_ARN, id: "AROA1", tags: new Map([["stack", "access"]]) });
    expect(role?.trust).toMatchObject({ kind: "trust", name: ROLE_ARN });
    expect(role?.policies).toMatchObject([
      { kind: "identity", name: "own", text: decodeURIComponent(policy("dynamodb:GetItem")) },
      { kind: "identity", name: "arn:m", text: decodeURIComponent(policy("s3:GetObject")) },
    ]);
    expect(role?.boundary).toMatchObject({ kind: "boundary", name: "arn:b" });
    expect(asked).toContainEqual({
      Action: "GetPolicyVersion",
      PolicyArn: "arn:m",
      VersionId: "v3",
      account: "111111111111",
    });
  });

  it("is undefined when IAM has no role of that name and path", async () => {
    expect(await iamWith({ GetRole: xmlAnswer("", 404) }).store.role(ROLE_ARN)).toBeUndefined();
    expect(await iamWith().store.role("arn:aws:iam::111111111111:role/presign")).toBeUndefined();
  });

  it("is not treated as missing when IAM fails", async () => {
    const { store } = iamWith({ GetRole: xmlAnswer("", 500) });
    await expect(store.role(ROLE_ARN)).rejects.toThrow("IAM answered GetRole with HTTP 500");
  });

  it("cannot be read when one of its managed policies cannot be read", async () => {
    const { store } = iamWith({ GetPolicy: xmlAnswer("", 404) });
    await expect(store.role(ROLE_ARN)).rejects.toThrow("there is no managed policy");
  });

  it("is read once until something in IAM changes", async () => {
    const { store, asked } = iamWith();
    await Promise.all([store.role(ROLE_ARN), store.role(ROLE_ARN)]);
    const once = asked.length;
    store.observe({ service: "iam", operation: "GetRole", method: "POST" });
    store.observe({ service: "sts", operation: "AssumeRole", method: "POST" });
    await store.role(ROLE_ARN);
    expect(asked).toHaveLength(once);
    store.observe({ service: "iam", operation: "PutRolePolicy", method: "POST" });
    await store.role(ROLE_ARN);
    expect(asked).toHaveLength(2 * once);
  });

  it("is read again after a failure", async () => {
    const answers: Record<string, string | Reply> = { GetRole: xmlAnswer("", 500) };
    const { store } = iamWith(answers);
    await expect(store.role(ROLE_ARN)).rejects.toThrow();
    delete answers["GetRole"];
    expect(await store.role(ROLE_ARN)).toMatchObject({ id: "AROA1" });
  });
});

describe("a user", () => {
  it("has its own policies, those of its groups, and its active access keys", async () => {
    const user = await iamWith().store.user("111111111111", "carol");
    expect(user).toMatchObject({ arn: "arn:aws:iam::111111111111:user/carol", id: "AIDA1" });
    expect(user?.policies.map(({ name }) => name)).toEqual(["own", "arn:g"]);
    expect(user?.boundary).toBeUndefined();
    expect([...(user?.activeKeys ?? [])]).toEqual(["AKIA1"]);
  });

  it("is undefined when IAM has no user of that name", async () => {
    const { store } = iamWith({ GetUser: xmlAnswer("", 404) });
    expect(await store.user("111111111111", "carol")).toBeUndefined();
  });
});

describe("a managed session policy", () => {
  it("is read from the role's account", async () => {
    const { store, asked } = iamWith();
    expect(await store.sessionPolicy("arn:aws:iam::aws:policy/X", "222222222222")).toMatchObject({
      kind: "session",
      name: "arn:aws:iam::aws:policy/X",
    });
    expect(new Set(asked.map(({ account }) => account))).toEqual(new Set(["222222222222"]));
  });
});
