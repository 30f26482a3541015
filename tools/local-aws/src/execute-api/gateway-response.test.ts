import { exampleSnapshot } from "./testing/example-api";
import { GatewayFailure, gatewayResponse } from "./gateway-response";
import type { ApiSnapshot, GatewayResponseModel } from "./model";

const variables = new Map([["requestId", "request-1"]]);
const unauthorized = new GatewayFailure("UNAUTHORIZED", 'Un"authorized');

function answer(
  failure: GatewayFailure,
  responses: Readonly<Record<string, Partial<GatewayResponseModel>>> = {},
): { status: number; body: string; headers: object } {
  const models = Object.entries(responses).map(([type, model]): [string, GatewayResponseModel] => [
    type,
    { statusCode: undefined, parameters: {}, templates: {}, ...model },
  ]);
  const snapshot: ApiSnapshot = { ...exampleSnapshot, gatewayResponses: new Map(models) };
  const { status, body, headers } = gatewayResponse(failure, snapshot, variables);
  return { status, body: body.toString(), headers };
}

describe("gatewayResponse", () => {
  it("is AWS's default where none was deployed", () => {
    expect(answer(unauthorized)).toMatchObject({
      status: 401,
      body: '{"message":"Un\\"authorized"}',
      headers: { "x-amzn-errortype": "UnauthorizedException", "x-amzn-requestid": "request-1" },
    });
    expect(answer(new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", null)).body).toBe('{"message":null}');
    expect(answer(new GatewayFailure("ACCESS_DENIED", "no", undefined, "Message")).body).toBe(
      '{"Message":"no"}',
    );
  });

  it("is the response deployed for its type, with its variables replaced", () => {
    const template =
      '{"text":$context.error.messageString,"type":"$context.error.responseType","id":"$context.requestId"}';
    const parameters = {
      "gatewayresponse.header.Cache-Control": "'no-store'",
      "gatewayresponse.header.X-Id": "context.requestId",
    };
    expect(
      answer(unauthorized, {
        UNAUTHORIZED: { statusCode: 418, parameters, templates: { "application/json": template } },
      }),
    ).toMatchObject({
      status: 418,
      body: '{"text":"Un\\"authorized","type":"UNAUTHORIZED","id":"request-1"}',
      headers: { "cache-control": "no-store", "x-id": "request-1" },
    });
  });

  it("falls back to the response for its class, and keeps its own status", () => {
    const defaults = {
      DEFAULT_4XX: { templates: { "application/json": "four" } },
      DEFAULT_5XX: { templates: { "application/json": "five" } },
    };
    expect(answer(unauthorized, defaults)).toMatchObject({ status: 401, body: "four" });
    expect(answer(new GatewayFailure("API_CONFIGURATION_ERROR", "x", 502), defaults)).toMatchObject({
      status: 502,
      body: "five",
    });
  });
});
