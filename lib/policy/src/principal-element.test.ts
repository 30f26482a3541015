import { resolvePrincipal, type Principal } from "./principal";
import { compilePrincipal, type Grant } from "./principal-element";
import {
  ACCESS_SESSION_ARN,
  accessSession,
  ACCOUNT,
  alice,
  faultOf,
  OTHER_ACCOUNT,
} from "./testing/fixtures";

function grantOf(element: unknown, principal: Principal): Grant | undefined {
  return compilePrincipal(element, "resource")(resolvePrincipal(principal));
}

const root: Principal = { type: "root", accountId: ACCOUNT };
const lambda: Principal = { type: "service", name: "lambda.amazonaws.com" };
const google: Principal = { type: "federated", provider: "accounts.google.com" };
const anonymous: Principal = { type: "anonymous" };
const federatedBob: Principal = { type: "federated_user", userArn: alice.arn, sessionName: "bob" };

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe("compilePrincipal", () => {
  it.each<[unknown, Principal, Grant | undefined]>([
    ["*", anonymous, "direct"],
    ["*", accessSession, "direct"],
    ["*", lambda, "direct"],
    [{ AWS: "*" }, anonymous, "direct"],
    [{ AWS: "*" }, alice, "direct"],
    [{ AWS: ACCOUNT }, alice, "account"],
    [{ AWS: ACCOUNT }, accessSession, "account"],
    [{ AWS: ACCOUNT }, root, "direct"],
    [{ AWS: ACCOUNT }, anonymous, undefined],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, accessSession, "account"],
    [{ AWS: OTHER_ACCOUNT }, accessSession, undefined],
    [{ AWS: accessSession.roleArn }, accessSession, "role"],
    [{ AWS: ACCESS_SESSION_ARN }, accessSession, "direct"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/access` }, accessSession, undefined],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/studio/Access` }, accessSession, undefined],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/access/bob` }, accessSession, undefined],
    [{ AWS: alice.arn }, alice, "direct"],
    [{ AWS: alice.arn }, accessSession, undefined],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/alice` }, alice, undefined],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/bob` }, federatedBob, "direct"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/alice` }, federatedBob, undefined],
    [{ AWS: alice.arn }, federatedBob, "role"],
    [{ AWS: ACCOUNT }, federatedBob, "account"],
    [{ AWS: "*" }, federatedBob, "direct"],
    [{ AWS: "AROAEXAMPLE" }, accessSession, "role"],
    [{ AWS: "AROAOTHER" }, accessSession, undefined],
    [{ AWS: "AIDAEXAMPLE" }, alice, "direct"],
    [{ AWS: "AIDAEXAMPLE" }, root, undefined],
    [{ Service: "lambda.amazonaws.com" }, lambda, "direct"],
    [{ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }, lambda, "direct"],
    [{ Service: "ec2.amazonaws.com" }, lambda, undefined],
    [{ Federated: "accounts.google.com" }, google, "direct"],
    [{ Federated: "www.amazon.com" }, google, undefined],
    [{ AWS: [ACCOUNT, accessSession.roleArn, ACCESS_SESSION_ARN] }, accessSession, "direct"],
    [{ AWS: [ACCOUNT, accessSession.roleArn] }, accessSession, "role"],
    [{ Service: "ec2.amazonaws.com", AWS: ACCOUNT }, accessSession, "account"],
  ])("%j names %j: %p", (element, principal, grant) => {
    expect(grantOf(element, principal)).toBe(grant);
  });

  it.each<[unknown, string]>([
    ["everyone", "malformed_principal"],
    [ACCOUNT, "malformed_principal"],
    [{}, "malformed_principal"],
    [["*"], "malformed_principal"],
    [{ AWS: [] }, "malformed_principal"],
    [{ AWS: 111111111111 }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/*` }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:user/a?` }, "malformed_principal"],
    [{ AWS: "arn:aws:iam::*:root" }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:ro*t` }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/\${aws:username}` }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/` }, "malformed_principal"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/access` }, "malformed_principal"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/studio/access/alice` }, "malformed_principal"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/access/*` }, "malformed_principal"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/*` }, "malformed_principal"],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/a/b` }, "malformed_principal"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:group/admins` }, "malformed_principal"],
    [{ AWS: "arn:aws:s3:::bucket" }, "malformed_principal"],
    [{ AWS: "${aws:username}" }, "malformed_principal"],
    [{ Service: "*" }, "malformed_principal"],
    [{ Service: "lambda" }, "malformed_principal"],
    [{ Federated: "*" }, "malformed_principal"],
    [{ Aws: "*" }, "malformed_principal"],
    [{ CanonicalUser: "79a59df900b949e55d96a1e698fbaced" }, "unsupported_principal"],
  ])("refuses %j as %s", (element, code) => {
    expect(faultOf(() => compilePrincipal(element, "resource"))).toMatchObject({ name: "PolicyError", code });
  });

  // Source: "Principals for gateway endpoints" in
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  it.each<[unknown, Principal, Grant | undefined]>([
    ["*", accessSession, "direct"],
    [{ AWS: "*" }, alice, "direct"],
    [{ AWS: ACCOUNT }, root, "direct"],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, root, "direct"],
    [{ AWS: ACCOUNT }, alice, undefined],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, accessSession, undefined],
    [{ AWS: OTHER_ACCOUNT }, root, undefined],
  ])("in the policy of a gateway endpoint, %j names %j: %p", (element, principal, grant) => {
    expect(compilePrincipal(element, "gateway_endpoint")(resolvePrincipal(principal))).toBe(grant);
  });

  it.each([
    { AWS: accessSession.roleArn },
    { AWS: alice.arn },
    { AWS: "AROAEXAMPLE" },
    { Service: "lambda.amazonaws.com" },
  ])("in the policy of a gateway endpoint, %j is refused", (element) => {
    expect(faultOf(() => compilePrincipal(element, "gateway_endpoint"))).toMatchObject({
      code: "unsupported_principal",
    });
  });

  it.each([lambda, google])('does not guess whether {"AWS": "*"} means %j', (principal) => {
    expect(faultOf(() => grantOf({ AWS: "*" }, principal))).toMatchObject({ code: "ambiguous_principal" });
  });
});
