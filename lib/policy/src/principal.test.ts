import { resolvePrincipal, principalFromArn, type Principal } from "./principal";
import { isPrincipalKey, principalKeys } from "./principal-keys";
import { ACCESS_SESSION_ARN, accessSession, ACCOUNT, alice, faultOf } from "./testing/fixtures";

function keysOf(principal: Principal): Record<string, readonly string[]> {
  return Object.fromEntries(principalKeys(resolvePrincipal(principal)));
}

describe("principalFromArn", () => {
  it("reads users, roots and sessions", () => {
    expect(principalFromArn(alice.arn, { userId: "AIDAEXAMPLE" })).toEqual(alice);
    expect(principalFromArn(`arn:aws:iam::${ACCOUNT}:root`)).toEqual({ type: "root", accountId: ACCOUNT });
    const { roleArn, roleId, tags } = accessSession;
    expect(principalFromArn(ACCESS_SESSION_ARN, { roleArn, roleId: roleId!, tags: tags! })).toEqual(
      accessSession,
    );
  });

  it("keeps only the details that a principal of that type has", () => {
    expect(principalFromArn(alice.arn, { sourceIdentity: "x", roleId: "AROAX" })).toEqual({
      type: "user",
      arn: alice.arn,
    });
  });

  it.each([
    "alice",
    `arn:aws:iam::${ACCOUNT}:role/access`,
    `arn:aws:iam::${ACCOUNT}:group/admins`,
    `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
    `arn:aws:iam::${ACCOUNT}:user/*`,
    ACCESS_SESSION_ARN,
    `arn:aws:iam::1:root`,
  ])("refuses %p without details", (arn) => {
    expect(faultOf(() => principalFromArn(arn))).toMatchObject({
      name: "RequestError",
      code: "malformed_principal",
    });
  });

  it("reads a federated user, whose ARN does not hold the user that it acts for", () => {
    const arn = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
    const bob = { type: "federated_user", userArn: alice.arn, sessionName: "bob" };
    expect(principalFromArn(arn, { userArn: alice.arn })).toEqual(bob);
    const elsewhere = alice.arn.replace(ACCOUNT, "222222222222");
    expect(faultOf(() => principalFromArn(arn, { userArn: elsewhere }))).toMatchObject({
      code: "malformed_principal",
    });
  });

  it("refuses a session of another role", () => {
    const other = `arn:aws:iam::${ACCOUNT}:role/other`;
    expect(faultOf(() => principalFromArn(ACCESS_SESSION_ARN, { roleArn: other }))).toMatchObject({
      code: "malformed_principal",
    });
  });
});

describe("resolvePrincipal", () => {
  it("leaves the role's path out of the session's ARN", () => {
    expect(resolvePrincipal(accessSession)).toMatchObject({
      account: ACCOUNT,
      sessionArn: ACCESS_SESSION_ARN,
    });
  });

  it.each<Principal>([
    { ...accessSession, roleArn: ACCESS_SESSION_ARN },
    { ...accessSession, roleArn: `arn:aws:iam::${ACCOUNT}:role/` },
    { ...accessSession, sessionName: "a" },
    { ...accessSession, sessionName: "a b" },
    { ...accessSession, sessionName: "a/b" },
    { ...alice, arn: `arn:aws:iam::x:user/alice` },
    { ...alice, arn: `arn:aws:iam::${ACCOUNT}:user/*` },
    { ...alice, arn: `arn:aws:iam::${ACCOUNT}:user/a?` },
    { ...accessSession, roleArn: `arn:aws:iam::${ACCOUNT}:role/*/access` },
    { type: "federated_user", userArn: accessSession.roleArn, sessionName: "bob" },
    { type: "federated_user", userArn: alice.arn, sessionName: "*" },
    { type: "federated_user", userArn: alice.arn, sessionName: "b" },
    { type: "root", accountId: "1" },
  ])("refuses a malformed principal: %j", (principal) => {
    expect(faultOf(() => resolvePrincipal(principal))).toMatchObject({ code: "malformed_principal" });
  });
});

// Source: the table of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
describe("principalKeys", () => {
  it("gives a session its role's ARN, and its tags and source identity", () => {
    const organization = { id: "o-1", path: "o-1/r-1/" };
    expect(keysOf({ ...accessSession, sourceIdentity: "alice", organization })).toEqual({
      "aws:principalaccount": [ACCOUNT],
      "aws:principalarn": [accessSession.roleArn],
      "aws:principaltype": ["AssumedRole"],
      "aws:principalisawsservice": ["false"],
      "aws:principaltag/user": ["alice"],
      "aws:userid": ["AROAEXAMPLE:alice"],
      "aws:sourceidentity": ["alice"],
      "aws:principalorgid": ["o-1"],
      "aws:principalorgpaths": ["o-1/r-1/"],
    });
  });

  it("gives only a user a user name, without its path", () => {
    expect(keysOf({ ...alice, arn: `arn:aws:iam::${ACCOUNT}:user/path/alice` })).toMatchObject({
      "aws:username": ["alice"],
      "aws:userid": ["AIDAEXAMPLE"],
      "aws:principaltype": ["User"],
    });
    expect(keysOf(accessSession)).not.toHaveProperty("aws:username");
  });

  it("gives services, root users and anonymous callers the keys that AWS gives them", () => {
    expect(keysOf({ type: "service", name: "lambda.amazonaws.com" })).toEqual({
      "aws:principalisawsservice": ["true"],
      "aws:principalservicename": ["lambda.amazonaws.com"],
      "aws:principalservicenameslist": ["lambda.amazonaws.com"],
    });
    expect(keysOf({ type: "root", accountId: ACCOUNT })).toMatchObject({
      "aws:userid": [ACCOUNT],
      "aws:principaltype": ["Account"],
    });
    expect(keysOf({ type: "anonymous" })).toEqual({
      "aws:principaltype": ["Anonymous"],
      "aws:principalaccount": ["anonymous"],
      "aws:userid": ["anonymous"],
    });
    expect(
      keysOf({ type: "federated_user", userArn: alice.arn, sessionName: "bob", tags: { a: "1" } }),
    ).toEqual({
      "aws:principalaccount": [ACCOUNT],
      "aws:principalarn": [`arn:aws:sts::${ACCOUNT}:federated-user/bob`],
      "aws:principaltype": ["FederatedUser"],
      "aws:principalisawsservice": ["false"],
      "aws:principaltag/a": ["1"],
      "aws:userid": [`${ACCOUNT}:bob`],
    });
    expect(keysOf({ type: "federated", provider: "accounts.google.com" })).toEqual({});
  });

  it("gives only keys that a request context may not set", () => {
    const everyKey = [accessSession, alice, { type: "service", name: "x.amazonaws.com" } as const].flatMap(
      (principal) => Object.keys(keysOf(principal)),
    );
    expect(everyKey.filter((key) => !isPrincipalKey(key))).toEqual([]);
    expect(isPrincipalKey("aws:sourcevpce")).toBe(false);
  });

  it("refuses tags that differ only in case", () => {
    expect(faultOf(() => keysOf({ ...alice, tags: { a: "1", A: "2" } }))).toMatchObject({
      code: "malformed_principal",
    });
  });
});
