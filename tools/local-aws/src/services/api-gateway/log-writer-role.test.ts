import { FakeMoto, fakeCall, xmlAnswer } from "../testing/fake-moto";
import { checkLogWriterRole } from "./log-writer-role";

const ROLE = "arn:aws:iam::111111111111:role/log-writer";
const LOGS = "arn:aws:logs:eu-west-1:111111111111:log-group";

const trust = (service: string): object => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: "sts:AssumeRole",
});

const document = (...statements: readonly object[]): string =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));

/** What UpdateAccount answers for a role. */
async function saved({
  value = ROLE,
  trusted = "apigateway.amazonaws.com",
  resource = "*",
  actions = ["logs:*"],
}: {
  readonly value?: string;
  readonly trusted?: string;
  readonly resource?: string | readonly string[];
  readonly actions?: readonly string[];
}): Promise<string> {
  const inline = document(
    { Effect: "Allow", Action: actions, Resource: resource },
    { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
  );
  const answers: Readonly<Record<string, string>> = {
    GetRole: `<Role><Arn>${ROLE}</Arn><AssumeRolePolicyDocument>${document(trust(trusted))}</AssumeRolePolicyDocument></Role>`,
    ListRolePolicies: "<PolicyNames><member>logs</member></PolicyNames>",
    GetRolePolicy: `<PolicyDocument>${inline}</PolicyDocument>`,
    ListAttachedRolePolicies: "<AttachedPolicies></AttachedPolicies>",
  };
  const moto = new FakeMoto({
    query: (_service, _account, _region, { Action = "" }) =>
      xmlAnswer(
        `<${Action}Response><${Action}Result>${answers[Action] ?? ""}</${Action}Result></${Action}Response>`,
      ),
  });
  const body = JSON.stringify({ patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] });
  const call = fakeCall({
    service: "apigateway",
    method: "PATCH",
    path: "/account",
    body,
    account: "111111111111",
  });
  return checkLogWriterRole(moto, call).then(
    () => "saved",
    (error: unknown) => (error as Error).message,
  );
}

const REFUSED = expect.stringContaining("does not have required permissions configured") as unknown;

describe("the account's role for logs", () => {
  it("is saved when API Gateway can make its own group with it", async () => {
    await expect(saved({})).resolves.toBe("saved");
    await expect(
      saved({ resource: [`${LOGS}:/aws/apigateway/welcome`, `${LOGS}:/aws/apigateway/welcome:*`] }),
    ).resolves.toBe("saved");
  });

  it.each([
    ["that API Gateway is not trusted with", { trusted: "lambda.amazonaws.com" }],
    ["for our own groups alone", { resource: `${LOGS}:/studio-access-local/api/*` }],
    [
      "that may not read back what it wrote",
      { actions: ["logs:CreateLog*", "logs:Describe*", "logs:PutLogEvents"] },
    ],
  ])("is refused %s", async (_what, role) => {
    await expect(saved(role)).resolves.toEqual(REFUSED);
  });

  it("may be taken away", async () => {
    await expect(saved({ value: "", trusted: "lambda.amazonaws.com" })).resolves.toBe("saved");
  });
});
