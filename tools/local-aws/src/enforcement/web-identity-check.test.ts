import type { IamRole } from "../iam/role";
import type { WebIdentity } from "../server/data-plane";
import { formCall } from "../services/testing/fake-moto";
import { endpoint, exampleRole, networkWith, NOW, ROLE_ARN } from "./testing/example-caller";
import { document } from "./testing/example-deployment";
import type { AuthorizationResult } from "./authorization-result";
import { PolicyEvaluator } from "./policy-evaluator";
import { refusalReply, DENIED_BY } from "./refusal";
import { authorizeWebIdentity } from "./web-identity-check";

const HOST = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111111111111:oidc-provider/${HOST}`;
const SUBJECT = "repo:example/deploy:environment:live";
const ACTION = "sts:AssumeRoleWithWebIdentity";

const call = formCall(
  "AssumeRoleWithWebIdentity",
  { RoleArn: ROLE_ARN, RoleSessionName: "run-1", WebIdentityToken: "example-token" },
  { service: "sts", accessKeyId: undefined },
);

function trusting(Condition: unknown, Federated = PROVIDER): IamRole {
  return exampleRole({}, document({ Effect: "Allow", Principal: { Federated }, Action: ACTION, Condition }));
}

const TRUSTING = trusting({
  StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com", [`${HOST}:sub`]: SUBJECT },
});

async function findingFor(role: IamRole | undefined, endpointPolicy?: string): Promise<AuthorizationResult> {
  const claims = { [`${HOST}:sub`]: SUBJECT, [`${HOST}:aud`]: "sts.amazonaws.com" };
  const identity: WebIdentity = {
    ...{ provider: PROVIDER, subject: SUBJECT, audience: "sts.amazonaws.com", claims },
    sessionKeys: {},
  };
  const network = networkWith(endpointPolicy ?? "");
  return await authorizeWebIdentity(endpointPolicy === undefined ? call : { ...call, endpoint }, {
    iam: { role: () => Promise.resolve(role) },
    evaluator: new PolicyEvaluator({ network, organization: undefined, clock: () => NOW }),
    webIdentityOf: () => Promise.resolve(identity),
  });
}

describe("the check of AssumeRoleWithWebIdentity", () => {
  it("allows the subject that the role's trust policy names", async () => {
    expect(await findingFor(TRUSTING)).toMatchObject({
      allowed: true,
      who: `${SUBJECT} of ${PROVIDER}`,
      resource: ROLE_ARN,
      why: `Allow in trust policy ${ROLE_ARN}, statement 0`,
    });
  });

  it.each<[string, IamRole | undefined, string]>([
    [
      "another subject",
      trusting({ StringEquals: { [`${HOST}:sub`]: "repo:example/deploy:pull_request" } }),
      `no Allow of ${ACTION} in trust policy ${ROLE_ARN}`,
    ],
    [
      "a claim that the token lacks",
      trusting({ StringEquals: { [`${HOST}:environment`]: "live" } }),
      `no Allow of ${ACTION} in trust policy ${ROLE_ARN}`,
    ],
    [
      "another account's provider",
      trusting({ StringEquals: { [`${HOST}:sub`]: SUBJECT } }, PROVIDER.replaceAll("1", "2")),
      `no Allow of ${ACTION} in trust policy ${ROLE_ARN}`,
    ],
    ["nobody, because the role does not exist", undefined, `there is no role ${ROLE_ARN}`],
  ])("refuses a role that trusts %s, with AWS's message", async (_, role, why) => {
    const result = await findingFor(role);
    expect(result).toMatchObject({ allowed: false, why });
    const { status, body, headers } = refusalReply(call, result);
    expect([status, headers[DENIED_BY]]).toEqual([403, why]);
    expect(body.toString()).toContain("<Code>AccessDenied</Code>");
    expect(body.toString()).toContain(`<Message>Not authorized to perform ${ACTION}</Message>`);
  });

  it("evaluates the policy of the endpoint that the call came through", async () => {
    const others = document({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" });
    expect(await findingFor(TRUSTING, others)).toMatchObject({
      allowed: false,
      why: `no Allow of ${ACTION} in endpoint policy vpce-1`,
    });
  });

  it("fails on a trust policy that cannot be evaluated", async () => {
    const role = trusting({ StringEquals: { [`${HOST}:no_such_claim`]: "x" } });
    await expect(findingFor(role)).rejects.toMatchObject({ name: "PolicyError" });
  });
});
