import {
  evaluateInvoke,
  evaluateRequest,
  parseApiPolicy,
  parsePolicy,
  type Decision,
} from "@studio-access/policy";

import type { Config } from "@studio-access/config";
import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import { ofType, text } from "../model/attributes";
import { closedWorldSettings } from "../closed-world/closed-world";
import { closureSettings } from "../closed-world/closure";
import { dnsSettings } from "./dns-settings";
import { keySettings } from "./key-settings";
import { byId, type CellResult, type Matrix } from "./matrix";
import { orUnknown } from "./policies";
import { profileMakerSettings } from "./profile-makers";
import { stageSettings } from "./stage-settings";
import { openToInternet } from "./vantages";
import { workflowSettings } from "./workflow-settings";

export const VALUE = "value";
export const OWN_DOMAIN = "its own domain";

/** Single settings and table rows, each with its value. The other matrices rely on them. */
export function settingsMatrix(model: Model, config: Config): Matrix {
  const all: readonly Setting[] = [
    ...invocations(model, config),
    ...stageSettings(model),
    ...rowSettings(model),
    ...groupSettings(model),
    ...attachedPolicies(model),
    ...keySettings(model, config),
    ...dnsSettings(model),
    ...workflowSettings(model, config),
    ...profileMakerSettings(model, config),
    ...closureSettings(model, config),
    ...closedWorldSettings(model, config),
  ];
  const settings = byId(all, ([name]) => name);
  return {
    name: "settings",
    rows: [...settings.keys()],
    columns: [VALUE],
    cell: (row) => {
      const setting = settings.get(row);
      if (setting === undefined) throw new RangeError(`no setting ${row}`);
      return orUnknown(setting[1]);
    },
  };
}

type Setting = readonly [name: string, answer: () => CellResult];

function value(outcome: string, reason: string): () => CellResult {
  return () => ({ outcome, reason });
}

/**
 * Whether the policy of the API allows a call, by the endpoint that the call comes through, and that of the company's own
 * name for it; the authorizer allows it.
 */
function invocations({ apis, domains, facts }: Model, config: Config): readonly Setting[] {
  const own = facts.endpoints.find(({ serviceName }) => serviceId(serviceName) === "execute-api");
  const ways = [
    ["the hub's endpoint", { "aws:SourceVpce": own?.vpcEndpointId ?? "", "aws:SourceVpc": own?.vpcId ?? "" }],
    ["a foreign endpoint", { "aws:SourceVpce": "vpce-00000000000000bad" }],
    ["no endpoint", { "aws:SourceIp": "203.0.113.7" }],
  ] as const;
  const ofDomains = domains.flatMap(({ name, invokeArn, policy }) =>
    ways.map(([way, context]): Setting => {
      const answer = (): CellResult => {
        const decision = evaluateRequest({
          request: {
            principal: { type: "anonymous" },
            action: "execute-api:Invoke",
            resource: invokeArn,
            context,
          },
          identityPolicies: [],
          resourcePolicy:
            policy && parsePolicy(JSON.parse(policy.json), { name: policy.name, kind: "resource" }),
        });
        return letIn(decision);
      };
      return [`${name}: a call through ${way}`, answer];
    }),
  );
  const ofApis = apis.flatMap(({ id, account, policy }) =>
    ways.map(([way, context]): Setting => {
      const answer = (): CellResult => {
        const api = { region: config.region, accountId: account, apiId: id };
        const methodArn = `arn:aws:execute-api:${config.region}:${account}:${id}/v1/GET/user`;
        const decision = evaluateInvoke({
          request: { methodArn, context },
          resourcePolicy: policy && parseApiPolicy(policy.json, api, { name: policy.name }),
          authorizerPolicy: parsePolicy(authorizerAllow(methodArn), {
            name: "authorizer",
            kind: "authorizer",
          }),
        });
        return letIn(decision);
      };
      return [`API: a call through ${way}`, answer];
    }),
  );
  return [...ofApis, ...ofDomains];
}

function letIn({ allowed, decidedBy, reason }: Decision): CellResult {
  return { outcome: allowed ? "let in" : "refused", reason: decidedBy?.sid ?? reason };
}

/**
 * The policy that the authorizer returns for a valid token. API Gateway takes an Allow of either policy as enough, so the
 * Deny of the API's policy alone must refuse the call.
 */
function authorizerAllow(methodArn: string): object {
  const statement = { Effect: "Allow", Action: "execute-api:Invoke", Resource: methodArn };
  return { Version: "2012-10-17", Statement: statement };
}

function rowSettings({ rows, resources }: Model): readonly Setting[] {
  const domains = new Map(
    ofType(resources, "aws_sagemaker_domain").map((each) => [each.stack, text(each, "id")]),
  );
  // The config does not know a domain's id, so the row is compared with the domain in the state of the LOB's own stack.
  const shown = (key: string, name: string, text: string): string =>
    name === "DOMAIN_ID" && domains.get(key) === text ? OWN_DOMAIN : text;
  return rows.flatMap(({ table, key, attributes }) =>
    Object.entries(attributes)
      .filter(([name]) => name !== "PK")
      .map(([name, text]): Setting => [
        `row ${key} of ${table}: ${name}`,
        value(shown(key, name, text), "as Terraform wrote it"),
      ]),
  );
}

export const ATTACHED = "attached";

/** One row per managed policy that is attached to a role: the config must call for each, also when its text is known. */
function attachedPolicies({ roles }: Model): readonly Setting[] {
  return roles.flatMap(({ arn, stack, attached, opaque }) =>
    attached.map((policy): Setting => [
      policyRow(arn, policy),
      value(
        ATTACHED,
        `${stack}: ${opaque.includes(policy) ? "its text is not in the state" : "read with it"}`,
      ),
    ]),
  );
}

export function policyRow(roleArn: string, policyArn: string): string {
  return `${roleArn} has ${policyArn}`;
}

const OPEN = "open";

/** The security groups that admit the internet. A deployment without a fault has none. */
function groupSettings({ facts }: Model): readonly Setting[] {
  return facts.securityGroups.flatMap(({ groupName, groupId }): readonly Setting[] => {
    const result = orUnknown(() => ({
      outcome: openToInternet(facts, groupId) ? OPEN : "",
      reason: `${groupId} admits TCP 443 from everywhere`,
    }));
    return result.outcome === "" ? [] : [[`security group ${groupName}: from the internet`, () => result]];
  });
}
