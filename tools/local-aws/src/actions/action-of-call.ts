import { iamData } from "@studio-access/policy";

import { restAction } from "./rest-routes";
import { s3Action } from "./s3-actions";

/** The parts of a call that its IAM action follows from. */
export interface CalledOperation {
  /** Signing name of the service. */
  readonly service: string;
  /** API operation, or `METHOD /path` where the protocol carries none. */
  readonly operation: string;
  /** Without it, as in a log, reading a setting of an S3 bucket cannot be distinguished from listing its objects. */
  readonly query?: URLSearchParams;
}

/** IAM's prefix of the services whose signing name differs from it. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch", tagging: "tag" };

/** In the Query and JSON protocols the operation's name is the action's name. */
const NAMED = /^\w+$/;
/** Services whose operations follow from method and path alone, whatever else a request holds. */
const BY_PATH = new Set([
  "apigateway",
  "elasticfilesystem",
  "lambda",
  "ram",
  "route53",
  "route53profiles",
  "s3",
  "xray",
]);
/** Smithy's RPC protocol names the operation in the path. */
const RPC = /^POST \/service\/[^/]+\/operation\/(\w+)$/;

/**
 * The IAM action that a call needs, as AWS spells it: `route53:GetHostedZone`.
 *
 * Only the operation's own action: further actions that some calls need, such as iam:PassRole, are not returned.
 *
 * @returns undefined for an unknown operation
 */
export function actionOf({ service, operation, query }: CalledOperation): string | undefined {
  const prefix = PREFIXES[service] ?? service;
  const name = nameOf(service, operation, query ?? new URLSearchParams());
  const definition = name === undefined ? undefined : iamData.action(prefix, name);
  return definition && `${prefix}:${definition.name}`;
}

function nameOf(service: string, operation: string, query: URLSearchParams): string | undefined {
  if (!BY_PATH.has(service)) return NAMED.test(operation) ? operation : RPC.exec(operation)?.[1];
  const [, method = "", path = ""] = /^([A-Z]+) (\/.*)$/s.exec(operation) ?? [];
  switch (service) {
    case "apigateway":
      return method;
    case "ram":
      return path.replace(/^\/|\/$/g, "");
    case "s3":
      return s3Action(method, path, query);
    default:
      return restAction(service, `${method} ${path.replace(/\/$/, "")}`);
  }
}
