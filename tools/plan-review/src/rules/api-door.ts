import type { ResourceChange } from "../model";
import { findingOf, isUnknown, textOf, written } from "./changes";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "api-door";

/**
 * Whether a method is the portal's page: `GET` of the API's root and of nothing below it, with a portal in the config. A
 * root that the plan does not know yet is that of an API that it makes.
 */
function isPage(resource: ResourceChange, { config, stacks }: RuleContext): boolean {
  const { stack, after, constructPath } = resource;
  const roots = stacks
    .flatMap(({ resources }) => resources)
    .filter((each) => each.stack === stack && each.type === "aws_api_gateway_rest_api")
    .map((api) => textOf(api.after, "root_resource_id"));
  return (
    config.access?.portal !== undefined &&
    constructPath === `${stack}/Api/GetPortal` &&
    textOf(after, "http_method") === "GET" &&
    textOf(after, "authorization") === "NONE" &&
    roots.includes(textOf(after, "resource_id"))
  );
}

function openMethod(resource: ResourceChange, context: RuleContext): readonly string[] {
  const { after, before } = resource;
  if (isPage(resource, context)) return [];
  if (textOf(after, "authorization") !== "CUSTOM")
    return [
      `authorization is ${textOf(after, "authorization") ?? "not set"}: the method would run without the authorizer`,
    ];
  const [old, now] = [textOf(before, "authorizer_id"), textOf(after, "authorizer_id")];
  const isOther = old !== undefined && (isUnknown(resource, "authorizer_id") || old !== now);
  return isOther ? ["another authorizer"] : [];
}

const AUTHORIZER = [
  "type",
  "identity_source",
  "identity_validation_expression",
  "authorizer_uri",
  "provider_arns",
];

function otherAuthorizer(resource: ResourceChange): readonly string[] {
  const { before, after } = resource;
  if (before === null) return [];
  const changed = AUTHORIZER.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after?.[name]) && !isUnknown(resource, name),
  );
  const [old, now] = [
    Number(before["authorizer_result_ttl_in_seconds"]),
    Number(after?.["authorizer_result_ttl_in_seconds"]),
  ];
  return [
    ...changed.map((name) => `its ${name} changes`),
    ...(now > old ? [`an answer stays valid for ${now} seconds instead of ${old}`] : []),
  ];
}

function isPrivate({ after }: ResourceChange): boolean {
  const [endpoint] = Array.isArray(after?.["endpoint_configuration"])
    ? (after["endpoint_configuration"] as unknown[])
    : [];
  const types = (endpoint as { readonly types?: readonly string[] } | undefined)?.types;
  return types?.length === 1 && types[0] === "PRIVATE";
}

function publicApi(resource: ResourceChange): readonly string[] {
  return isPrivate(resource) ? [] : ["the API would not be private alone"];
}

/** The one name that the config gives the API is expected, as a private one; its policy is compared as every other is. */
function otherName(resource: ResourceChange, { config }: RuleContext): readonly string[] {
  const { stack, after, constructPath } = resource;
  const isOwn =
    constructPath === `${stack}/Domain/Name` && textOf(after, "domain_name") === config.access?.domain?.name;
  if (!isOwn) return ["another name for the API"];
  return isPrivate(resource) ? [] : ["the API's name would not be private alone"];
}

type Judge = (resource: ResourceChange, context: RuleContext) => readonly string[];

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ["aws_api_gateway_method", openMethod],
  ["aws_api_gateway_authorizer", otherAuthorizer],
  ["aws_api_gateway_rest_api", publicApi],
  ["aws_apigatewayv2_api", () => ["an HTTP or WebSocket API is open to the internet"]],
  ["aws_api_gateway_domain_name", otherName],
  [
    "aws_lb",
    ({ after }: ResourceChange) => (after?.["internal"] === true ? [] : ["a load balancer on the internet"]),
  ],
]);

function check(resource: ResourceChange, context: RuleContext): readonly Finding[] {
  const found = JUDGES.get(resource.type)?.(resource, context) ?? [];
  if (found.length === 0) return [];
  return [
    findingOf(NAME, "block", resource, {
      message: "Access to the private API changes: the authorizer alone must decide who gets in.",
      details: found,
    }),
  ];
}

/** Reports changes with which a request can bypass the authorizer. */
export const apiDoor: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Lets a method other than the portal's page run without the authorizer, changes the authorizer, or makes an API that is not private.",
  check: (context) => written(context).flatMap((resource) => check(resource, context)),
};
