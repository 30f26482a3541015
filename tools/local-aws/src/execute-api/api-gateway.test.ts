import type { Invocation } from "../lambda-runtime/function-host";
import type { InvocationOutcome } from "../lambda-runtime/sandbox";
import { ApiGateway } from "./api-gateway";
import {
  API_ARN,
  exampleMethod,
  exampleRequest,
  NOW,
  resource,
  type ExampleRequest,
} from "./testing/example-api";
import type { MethodModel } from "./model";

const own = `${API_ARN}/studio/GET/alice`;
const Statement = [
  { Effect: "Allow", Action: "execute-api:Invoke", Resource: own },
  { Effect: "Deny", Action: "execute-api:Invoke", NotResource: own },
];
const authorized: InvocationOutcome = {
  ok: true,
  payload: JSON.stringify({
    principalId: "alice",
    policyDocument: { Version: "2012-10-17", Statement },
    context: { userName: "alice" },
  }),
};
const presigned: InvocationOutcome = { ok: true, payload: JSON.stringify({ statusCode: 201, body: "done" }) };

interface Setting {
  readonly authorizer?: InvocationOutcome;
  readonly presign?: InvocationOutcome | "never";
  readonly mayInvoke?: boolean;
}

/** Sends one request; returns the reply, the functions that ran, and the access log. */
async function send(
  request: ExampleRequest,
  setting: Setting = {},
): Promise<{ answer: string; ran: string[]; log: string[] }> {
  const ran: string[] = [];
  const log: string[] = [];
  const gateway = new ApiGateway({
    runtime: {
      invoke: ({ name }): Promise<Invocation> => {
        ran.push(name);
        const outcome =
          name === "authorizer" ? (setting.authorizer ?? authorized) : (setting.presign ?? presigned);
        return outcome === "never" ? new Promise(() => undefined) : Promise.resolve({ outcome, log: "" });
      },
    },
    permissions: { allows: () => Promise.resolve(setting.mayInvoke ?? true) },
    delivery: { put: (target, line) => log.push(`${target.account} ${target.group} ${line}`) },
    report: () => undefined,
    clock: () => NOW + 5,
  });
  const reply = await gateway.handle(exampleRequest(request));
  return { answer: `${reply.status} ${reply.body.toString()}`, ran, log };
}

function withMethod(change: Partial<MethodModel>): ExampleRequest {
  return {
    snapshot: { resources: [resource("/{user_id}", new Map([["GET", { ...exampleMethod, ...change }]]))] },
  };
}

describe("a request to a private API", () => {
  it("goes to the authorizer, then to the function", async () => {
    expect(await send({})).toMatchObject({ answer: "201 done", ran: ["authorizer", "presign"] });
  });

  it("is refused without invoking either when the path is unknown", async () => {
    expect(await send({ path: "/alice/more" })).toMatchObject({
      answer: '403 {"message":"Missing Authentication Token"}',
      ran: [],
    });
  });

  it("is refused without invoking the authorizer when the resource policy denies it", async () => {
    const { answer, ran } = await send({
      endpoint: { vpcEndpointId: "vpce-0b2", vpcId: "vpc-x", sourceIp: "10.1.1.7" },
    });
    expect(answer).toContain("with an explicit deny");
    expect(ran).toEqual([]);
  });

  it("is refused without invoking the function when the authorizer denies it", async () => {
    const { answer, ran } = await send({ path: "/bob" });
    expect(answer).toContain("403");
    expect(ran).toEqual(["authorizer"]);
  });

  it("needs no authorizer where the method has none", async () => {
    expect(await send(withMethod({ authorizationType: "NONE" }))).toMatchObject({
      answer: "201 done",
      ran: ["presign"],
    });
  });

  it("is refused when the authorization type is not implemented", async () => {
    expect(await send(withMethod({ authorizationType: "AWS_IAM" }))).toMatchObject({
      answer: '500 {"message":null}',
      ran: [],
    });
  });

  it("is refused for a missing parameter only after it was authorized", async () => {
    const { snapshot } = withMethod({
      validatorId: "v",
      requestParameters: new Map([["method.request.querystring.team", true]]),
    });
    const request: ExampleRequest = {
      snapshot: { ...snapshot, validators: new Map([["v", { parameters: true }]]) },
    };
    expect(await send(request)).toMatchObject({
      answer: '400 {"message":"Missing required request parameters: [team]"}',
      ran: ["authorizer"],
    });
    expect((await send({ ...request, query: "team=a" })).answer).toBe("201 done");
  });

  it.each<[string, Setting, ExampleRequest, string]>([
    [
      "the function fails",
      { presign: { ok: false, error: { errorType: "Error", errorMessage: "secret" } } },
      {},
      '502 {"message": "Internal server error"}',
    ],
    [
      "the function's response is malformed",
      { presign: { ok: true, payload: '"hi"' } },
      {},
      '502 {"message": "Internal server error"}',
    ],
    [
      "the function exceeds the integration timeout",
      { presign: "never" },
      withMethod({ integration: { ...exampleMethod.integration!, timeoutMs: 1 } }),
      '504 {"message": "Endpoint request timed out"}',
    ],
    [
      "the integration is of another type",
      {},
      withMethod({ integration: { ...exampleMethod.integration!, type: "HTTP" } }),
      '500 {"message": "Internal server error"}',
    ],
  ])("gets no details when %s", async (_, setting, request, expected) => {
    expect((await send(request, setting)).answer).toBe(expected.replace('": "', '":"'));
  });
});

describe("the access log", () => {
  const format =
    "$context.status $context.error.responseType $context.authorizer.principalId $context.integration.status $context.responseLatency";
  const accessLog = { destinationArn: "arn:aws:logs:eu-west-1:111111111111:log-group:/api:*", format };

  it("has the outcome of a request, and a dash for each variable without a value", async () => {
    expect((await send({ stage: { accessLog } })).log).toEqual(["111111111111 /api 201 - alice 201 5"]);
    expect((await send({ stage: { accessLog }, headers: {} })).log).toEqual([
      "111111111111 /api 401 UNAUTHORIZED - - 5",
    ]);
  });
});
