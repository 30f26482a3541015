import { API_ARN, PRESIGN_ARN } from "./testing/example-api";
import { integrationSourceArn, invokePermissions } from "./invoke-permission";

const statement = {
  Sid: "api",
  Effect: "Allow",
  Principal: { Service: "apigateway.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: PRESIGN_ARN,
  Condition: { ArnLike: { "AWS:SourceArn": `${API_ARN}/studio/GET/*` } },
};
const caller = {
  account: "111111111111",
  region: "eu-west-1",
  sourceArn: `${API_ARN}/studio/GET/*`,
  credentials: undefined,
};

async function allowed(change: object, sourceArn = caller.sourceArn): Promise<boolean> {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
  const permissions = invokePermissions({ policyOf: () => Promise.resolve(policy) }, () =>
    Promise.resolve(false),
  );
  return await permissions.allows(PRESIGN_ARN, { ...caller, sourceArn });
}

describe("a function's policy", () => {
  it("allows API Gateway for the method that it names", async () => {
    expect(await allowed({})).toBe(true);
  });

  it.each([`${API_ARN}/studio/POST/*`, `${API_ARN.replace("api1", "api2")}/studio/GET/*`])(
    "does not allow %s",
    async (sourceArn) => {
      expect(await allowed({}, sourceArn)).toBe(false);
    },
  );

  it.each<[string, object]>([
    ["another service", { Principal: { Service: "s3.amazonaws.com" } }],
    ["another action", { Action: "lambda:GetFunction" }],
    ["a Deny", { Effect: "Deny" }],
    ["another account", { Condition: { StringEquals: { "AWS:SourceAccount": "222222222222" } } }],
  ])("does not allow the API when it names %s", async (_, change) => {
    expect(await allowed(change)).toBe(false);
  });

  it("allows nobody when it does not exist", async () => {
    const permissions = invokePermissions({ policyOf: () => Promise.resolve(undefined) }, () =>
      Promise.resolve(true),
    );
    expect(await permissions.allows(PRESIGN_ARN, caller)).toBe(false);
  });

  it("is not evaluated where API Gateway assumes a role", async () => {
    const permissions = invokePermissions({ policyOf: () => Promise.resolve(undefined) }, (role) =>
      Promise.resolve(role === "good"),
    );
    expect(await permissions.allows(PRESIGN_ARN, { ...caller, credentials: "good" })).toBe(true);
    expect(await permissions.allows(PRESIGN_ARN, { ...caller, credentials: "bad" })).toBe(false);
  });
});

it("API Gateway invokes with a star for each variable of the path", () => {
  const api = { region: "eu-west-1", account: "111111111111", apiId: "api1" };
  expect(integrationSourceArn(api, "studio", "GET", "/users/{id}/{proxy+}")).toBe(
    `${API_ARN}/studio/GET/users/*/*`,
  );
});
