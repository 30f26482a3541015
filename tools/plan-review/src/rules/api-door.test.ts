import { findingLines } from "../testing/findings";
import { CONFIG, created, planOf, resourceOf, updated } from "../testing/plans";
import { apiDoor } from "./api-door";

const METHOD = "aws_api_gateway_method";
const guarded = { authorization: "CUSTOM", authorizer_id: "a1" };
const authorizer = { type: "REQUEST", identity_source: "header", authorizer_result_ttl_in_seconds: 60 };

describe("api-door", () => {
  it("blocks a method without the authorizer, a new one as well", () => {
    const open = { authorization: "NONE", authorizer_id: null };
    expect(findingLines(apiDoor, updated(METHOD, guarded, open))).toEqual([`block ${METHOD}.Example`]);
    expect(findingLines(apiDoor, created(METHOD, { authorization: "AWS_IAM" }))).toHaveLength(1);
    expect(findingLines(apiDoor, created(METHOD, guarded))).toEqual([]);
  });

  describe("with the portal's page", () => {
    const page = { http_method: "GET", authorization: "NONE", resource_id: "root" };
    const api = resourceOf({
      type: "aws_api_gateway_rest_api",
      kind: "no-op",
      after: { root_resource_id: "root" },
    });
    const found = (
      method: object,
      path = "access/Api/GetPortal",
      access: object = { portal: {} },
    ): number => {
      const resources = [created(METHOD, { ...page, ...method }, { constructPath: path }), api];
      return apiDoor.check({ stacks: [planOf("access", resources)], config: { ...CONFIG, access } }).length;
    };

    it("lets it run without the authorizer", () => {
      expect(found({})).toBe(0);
    });

    it("blocks every other method that does", () => {
      expect(found({ resource_id: "user" })).toBe(1);
      expect(found({ http_method: "ANY" })).toBe(1);
      expect(found({}, "access/Api/Get")).toBe(1);
      expect(found({}, "access/Api/GetPortal", {})).toBe(1);
    });
  });

  it("blocks another authorizer, also one that is not known yet", () => {
    expect(findingLines(apiDoor, updated(METHOD, guarded, { ...guarded, authorizer_id: "a2" }))).toHaveLength(
      1,
    );
    const later = updated(
      METHOD,
      guarded,
      { authorization: "CUSTOM" },
      { afterUnknown: { authorizer_id: true } },
    );
    expect(findingLines(apiDoor, later)).toHaveLength(1);
  });

  it("blocks a weaker authorizer, and accepts a shorter cache time", () => {
    const type = "aws_api_gateway_authorizer";
    expect(
      findingLines(apiDoor, updated(type, authorizer, { ...authorizer, identity_source: "query" })),
    ).toHaveLength(1);
    expect(
      findingLines(
        apiDoor,
        updated(type, authorizer, { ...authorizer, authorizer_result_ttl_in_seconds: 3600 }),
      ),
    ).toHaveLength(1);
    expect(
      findingLines(
        apiDoor,
        updated(type, authorizer, { ...authorizer, authorizer_result_ttl_in_seconds: 0 }),
      ),
    ).toEqual([]);
  });

  it("lets the API have the name of the config, as a private one, and no other", () => {
    const type = "aws_api_gateway_domain_name";
    const named = {
      domain_name: "studio.corp.example.com",
      endpoint_configuration: [{ types: ["PRIVATE"] }],
    };
    const domain = { name: "studio.corp.example.com", certificateArn: "arn:aws:acm:any" };
    const found = (change: object, path = "access/Domain/Name", access: object = { domain }): number =>
      apiDoor.check({
        stacks: [planOf("access", [created(type, { ...named, ...change }, { constructPath: path })])],
        config: { ...CONFIG, access },
      }).length;
    expect(found({})).toBe(0);
    expect(found({ domain_name: "other.corp.example.com" })).toBe(1);
    expect(found({ endpoint_configuration: [{ types: ["REGIONAL"] }] })).toBe(1);
    expect(found({}, "access/Other/Name")).toBe(1);
    expect(found({}, "access/Domain/Name", {})).toBe(1);
  });

  it("keeps the API private", () => {
    const api = (...types: string[]): Record<string, unknown> => ({ endpoint_configuration: [{ types }] });
    const type = "aws_api_gateway_rest_api";
    expect(findingLines(apiDoor, created(type, api("REGIONAL")))).toHaveLength(1);
    expect(findingLines(apiDoor, created(type, api("PRIVATE")))).toEqual([]);
    expect(findingLines(apiDoor, created("aws_apigatewayv2_api", {}))).toHaveLength(1);
  });
});
