import { iamData } from "@studio-access/policy";

import { restAction } from "./rest-routes";
import { s3Action } from "./s3-actions";

/** What a call says of the action that it needs. */
export interface CalledOperation {
  /** Signing name of the service. */
  readonly service: string;
  /** API operation, or `METHOD /path` where the protocol carries none. */
  readonly operation: string;
  /** Where it is not known, as in a log, settings of an S3 bucket cannot be told from its listing. */
  readonly query?: URLSearchParams;
}

/** Services that IAM knows by another name than that which calls are signed for. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch", tagging: "tag" };

/** Query and JSON protocols name the operation; it is the action. */
const NAMED = /^\w+$/;
/** Services of which method and path alone count, whatever else a request says. */
const BY_PATH = new Set(["apigateway", "elasticfilesystem", "lambda", "ram", "route53", "s3", "xray"]);
/** So does Smithy's RPC protocol, in the path. */
const RPC = /^POST \/service\/[^/]+\/operation\/(\w+)$/;

/**
 * The IAM action that a call needs, as AWS spells it: `route53:GetHostedZone`.
 *
 * It is the one that stands for the operation; others that some calls need besides, such as iam:PassRole, are not named.
 *
 * @returns undefined for an operation that is not known here
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
