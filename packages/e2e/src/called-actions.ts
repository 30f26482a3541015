import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/launch";

interface LoggedCall {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly account?: string;
}

/** Services that IAM knows by another name than their endpoint. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** Operations of services that are asked by method and path, and the action that each needs. */
const BY_PATH: readonly (readonly [service: string, operation: RegExp, action: string])[] = [
  ["apigateway", /^GET \//, "apigateway:GET"],
  ["lambda", /^GET .*\/functions\/[^/]+$/, "lambda:GetFunction"],
  ["lambda", /^GET .*\/policy$/, "lambda:GetPolicy"],
  ["lambda", /^GET .*\/versions$/, "lambda:ListVersionsByFunction"],
  ["lambda", /^GET .*\/code-signing-config$/, "lambda:GetFunctionCodeSigningConfig"],
  ["ram", /^POST \/getresourceshareassociations$/, "ram:GetResourceShareAssociations"],
  ["ram", /^POST \/getresourceshareinvitations$/, "ram:GetResourceShareInvitations"],
  ["ram", /^POST \/getresourceshares$/, "ram:GetResourceShares"],
  ["ram", /^POST \/listresources$/, "ram:ListResources"],
  ["ram", /^POST \/listresourcesharepermissions$/, "ram:ListResourceSharePermissions"],
  // The log keeps no query, by which a bucket's settings are told apart from its listing.
  ["s3", /^(?:GET|HEAD) \/[^/]+\/?$/, "s3:ListBucket"],
  ["s3", /^(?:GET|HEAD) \/[^/]+\/.+$/, "s3:GetObject"],
  ["route53", /^GET .*\/authorizevpcassociation$/, "route53:ListVPCAssociationAuthorizations"],
  ["route53", /^GET .*\/rrset$/, "route53:ListResourceRecordSets"],
  ["route53", /^GET .*\/hostedzonesbyvpc$/, "route53:ListHostedZonesByVPC"],
  ["route53", /^GET .*\/tags\/hostedzone\/[^/]+$/, "route53:ListTagsForResource"],
  ["route53", /^GET .*\/hostedzone\/[^/]+$/, "route53:GetHostedZone"],
];

/** Requests for the tokens and pages of the local AWS itself, which no policy is asked about. */
const NOT_AWS = new Set(["mount"]);

/**
 * IAM actions of the calls that a local AWS logged, by account.
 *
 * @param since ISO 8601, UTC: earlier calls are left out
 * @throws {Error} on a call whose action is not known here
 */
export async function calledActions(
  { workspace }: LocalDeployment,
  since: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const text = await readFile(join(workspace.logs, "requests.jsonl"), "utf8");
  const calls = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LoggedCall)
    .filter(({ time, service }) => time >= since && !NOT_AWS.has(service));
  const found = new Map<string, Set<string>>();
  for (const call of calls) {
    const account = call.account ?? "none";
    const actions = found.get(account) ?? new Set<string>();
    found.set(account, actions.add(actionOf(call)));
  }
  return found;
}

function actionOf({ service, operation }: LoggedCall): string {
  if (/^\w+$/.test(operation)) return `${PREFIXES[service] ?? service}:${operation}`;
  const route = BY_PATH.find(([name, pattern]) => name === service && pattern.test(operation));
  if (route === undefined) throw new Error(`Which IAM action does a call of ${service} need: ${operation}?`);
  return route[2];
}
