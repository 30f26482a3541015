import { evaluateInvoke, parseApiPolicy, parsePolicy } from "@studio-access/policy";
import type { ResourceInstance } from "@studio-access/terraform";

import type { Config } from "@studio-access/config";
import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import { blocks, ofType, text } from "../model/attributes";
import { dnsSettings } from "./dns-settings";
import { keySettings } from "./key-settings";
import type { CellResult, Matrix } from "./matrix";
import { orUnknown } from "./policies";
import { stageSettings } from "./stage-settings";
import { unexpectedSettings } from "./unexpected-settings";
import { openToInternet } from "./vantages";
import { workflowSettings } from "./workflow-settings";

export const VALUE = "value";
export const OWN_DOMAIN = "its own domain";

/** Single settings and table rows, each with its value. The other matrices rely on them. */
export function settingsMatrix(model: Model, config: Config): Matrix {
  const settings = new Map<string, () => CellResult>([
    ...gatewaySettings(model),
    ...apiSettings(model, config),
    ...stageSettings(model),
    ...domainSettings(model),
    ...rowSettings(model),
    ...groupSettings(model),
    ...attachedPolicies(model),
    ...keySettings(model, config),
    ...dnsSettings(model),
    ...workflowSettings(model, config),
    ...unexpectedSettings(model, config).map(({ name, value: found, reason }): Setting => [
      name,
      value(found, reason),
    ]),
  ]);
  return {
    name: "settings",
    rows: [...settings.keys()],
    columns: [VALUE],
    cell: (row) => {
      const setting = settings.get(row);
      if (setting === undefined) throw new RangeError(`no setting ${row}`);
      return orUnknown(setting);
    },
  };
}

type Setting = readonly [name: string, answer: () => CellResult];

function value(outcome: string, reason: string): () => CellResult {
  return () => ({ outcome, reason });
}

/** A setting that is an attribute of a resource, under the attribute's name. */
function attribute(subject: string, resource: ResourceInstance, name: string): Setting {
  return [`${subject}: ${name}`, value(text(resource, name), `${resource.stack}: ${resource.address}`)];
}

function gatewaySettings({ resources }: Model): readonly Setting[] {
  const names = [
    "default_route_table_association",
    "default_route_table_propagation",
    "auto_accept_shared_attachments",
  ];
  // The lines of business read the shared gateway as a data source.
  return ofType(resources, "aws_ec2_transit_gateway")
    .filter(({ mode }) => mode === "managed")
    .flatMap((gateway) => names.map((name) => attribute("Transit Gateway", gateway, name)));
}

function apiSettings(model: Model, config: Config): readonly Setting[] {
  const { resources } = model;
  const kinds = ofType(resources, "aws_api_gateway_rest_api").map((api): Setting => {
    const types = blocks(api, "endpoint_configuration").flatMap((block) => block.values["types"]);
    return ["API: endpoint type", value(types.join(), api.address)];
  });
  const methods = ofType(resources, "aws_api_gateway_method").map((method) => methodSetting(model, method));
  return [...kinds, ...methods, ...invocations(model, config)];
}

/** What answers a method of the API, and whether the authorizer is asked before. */
function methodSetting({ resources }: Model, method: ResourceInstance): Setting {
  const paths = new Map([
    ...ofType(resources, "aws_api_gateway_rest_api").map(
      (api) => [text(api, "root_resource_id"), "/"] as const,
    ),
    ...ofType(resources, "aws_api_gateway_resource").map(
      (each) => [text(each, "id"), text(each, "path")] as const,
    ),
  ]);
  const place = (each: ResourceInstance): string =>
    `${text(each, "http_method")} ${text(each, "resource_id")}`;
  const functions = new Map(
    ofType(resources, "aws_lambda_function").map(
      (each) => [text(each, "invoke_arn"), text(each, "function_name")] as const,
    ),
  );
  const answers = ofType(resources, "aws_api_gateway_integration")
    .filter((integration) => place(integration) === place(method))
    .map((integration) => functions.get(text(integration, "uri")) ?? text(integration, "uri"));
  const authorizers = ofType(resources, "aws_api_gateway_authorizer").map((each) => text(each, "id"));
  const authorization = text(method, "authorization");
  const guarded = authorization === "CUSTOM" && authorizers.includes(text(method, "authorizer_id"));
  const before = guarded
    ? "the authorizer, then"
    : authorization === "NONE"
      ? "without authorizer"
      : authorization;
  const path = paths.get(text(method, "resource_id")) ?? "a path that is not known";
  return [
    `API: ${text(method, "http_method")} ${path}`,
    value(`${before} ${answers.join(", ") || "nothing"}`, method.address),
  ];
}

/** Whether the API's policy allows a call, by the endpoint that the call comes through; the authorizer allows it. */
function invocations({ apis, facts }: Model, config: Config): readonly Setting[] {
  const own = facts.endpoints.find(({ serviceName }) => serviceId(serviceName) === "execute-api");
  const ways = [
    ["the hub's endpoint", { "aws:SourceVpce": own?.vpcEndpointId ?? "", "aws:SourceVpc": own?.vpcId ?? "" }],
    ["a foreign endpoint", { "aws:SourceVpce": "vpce-00000000000000bad" }],
    ["no endpoint", { "aws:SourceIp": "203.0.113.7" }],
  ] as const;
  return apis.flatMap(({ id, account, policy }) =>
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
        return {
          outcome: decision.allowed ? "let in" : "refused",
          reason: decision.decidedBy?.sid ?? decision.reason,
        };
      };
      return [`API: a call through ${way}`, answer];
    }),
  );
}

/**
 * The policy that the authorizer returns for a valid token. API Gateway takes an Allow of either policy as enough, so the
 * Deny of the API's policy alone must refuse the call.
 */
function authorizerAllow(methodArn: string): object {
  const statement = { Effect: "Allow", Action: "execute-api:Invoke", Resource: methodArn };
  return { Version: "2012-10-17", Statement: statement };
}

function domainSettings({ resources }: Model): readonly Setting[] {
  const profiles = ofType(resources, "aws_sagemaker_user_profile").map((profile): Setting => {
    const [settings = { values: {} }] = blocks(profile, "user_settings");
    return [
      `Studio of ${profile.stack}: ${text(profile, "user_profile_name")} runs as`,
      value(text(settings, "execution_role"), profile.address),
    ];
  });
  const domains = ofType(resources, "aws_sagemaker_domain").flatMap((domain): readonly Setting[] => {
    const [settings = { values: {} }] = blocks(domain, "domain_settings");
    const subject = `Studio of ${domain.stack}`;
    return [
      attribute(subject, domain, "app_network_access_type"),
      attribute(subject, domain, "auth_mode"),
      [
        `${subject}: source identity`,
        value(text(settings, "execution_role_identity_config"), domain.address),
      ],
    ];
  });
  return [...domains, ...profiles];
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

/** The security groups that admit the internet. A deployment without a fault has none. */
function groupSettings({ facts }: Model): readonly Setting[] {
  return facts.securityGroups
    .filter(({ groupId }) => openToInternet(facts, groupId))
    .map(({ groupName, groupId }): Setting => [
      `security group ${groupName}: from the internet`,
      value("open", `${groupId} admits TCP 443 from everywhere`),
    ]);
}
