import { DNS_ROWS } from "../matrices/dns-settings";
import { keyRow, OWN_KEY } from "../matrices/key-settings";
import { CURRENT } from "../matrices/stage-settings";
import { UNEXPECTED, type Expected } from "../matrices/matrix";
import { ATTACHED, OWN_DOMAIN, policyRow, VALUE } from "../matrices/settings-matrix";
import { APPLY_REFUSALS, applyRow, BOUNDED, boundaryRow, boundedRow } from "../matrices/workflow-settings";
import type { Config } from "@studio-access/config";
import { expectedProfile } from "./profile-names";
import { resolvableNames } from "./resolvable-names";
import { expectedRoles, namePrefix, roleArn } from "./roles";

export function expectedSettings(config: Config): Expected {
  const values = new Map([
    ...shared(config),
    ...config.linesOfBusiness.flatMap((lob) => ofLob(config, lob)),
    ...ofDns(config),
    ...ofRoles(config),
    ...ofWorkflows(config),
  ]);
  return {
    name: "settings",
    rows: [...values.keys()],
    columns: [VALUE],
    outcome: (row) => values.get(row) ?? UNEXPECTED,
  };
}

type Setting = readonly [name: string, value: string];

function shared(config: Config): readonly Setting[] {
  return [
    [keyRow(`${namePrefix(config)}-users`), OWN_KEY],
    [keyRow(`${namePrefix(config)}-lobs`), OWN_KEY],
    ["Transit Gateway: default_route_table_association", "disable"],
    ["Transit Gateway: default_route_table_propagation", "disable"],
    ["Transit Gateway: auto_accept_shared_attachments", "disable"],
    ["API: endpoint type", "PRIVATE"],
    ["API: stage studio serves", CURRENT],
    ["API: the authorizer's answer is kept for", "60 s"],
    ["API: the authorizer's answer is kept by", "method.request.header.Authorization"],
    ["API: answers are cached", "no"],
    ["API: requests are traced", "no"],
    ["API: GET /{user_id}", `the authorizer, then ${namePrefix(config)}-presign`],
    ...(config.access?.portal === undefined
      ? []
      : [["API: GET /", `without authorizer ${namePrefix(config)}-portal`] as const]),
    ["API: a call through the hub's endpoint", "let in"],
    ["API: a call through a foreign endpoint", "refused"],
    ["API: a call through no endpoint", "refused"],
  ];
}

/** Of every VPC without a way to the internet: its names for others are the hub's, `access` and the LOB's. */
function ofDns(config: Config): readonly Setting[] {
  return [...resolvableNames(config)].flatMap(([stack, names]): readonly Setting[] => {
    const vpc = stack === "networking" ? "hub" : stack;
    return [
      [DNS_ROWS.names(stack), names],
      [DNS_ROWS.answer(stack), "NODATA"],
      [DNS_ROWS.failure(stack), "blocked"],
      [DNS_ROWS.log(stack), `/${namePrefix(config)}/dns-queries/${vpc}`],
    ];
  });
}

function ofRoles(config: Config): readonly Setting[] {
  return expectedRoles(config).flatMap(({ arn, policies, boundary }): readonly Setting[] => [
    ...policies.map((policy): Setting => [policyRow(arn, policy), ATTACHED]),
    ...(boundary === undefined ? [] : [[boundaryRow(arn), boundary] as const]),
  ]);
}

function ofWorkflows(config: Config): readonly Setting[] {
  if ((config.ci ?? null) === null) return [];
  const accounts = [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)];
  return accounts.flatMap(({ id }) => [
    ...BOUNDED.map((action): Setting => [boundedRow(id, action), "no"]),
    ...APPLY_REFUSALS.map((action): Setting => [applyRow(id, action), "no"]),
  ]);
}

function ofLob(config: Config, lob: Config["linesOfBusiness"][number]): readonly Setting[] {
  const { name, account } = lob;
  const studio = `Studio of ${name}`;
  const lobRow = `row ${name} of ${namePrefix(config)}-lobs`;
  return [
    [`${studio}: app_network_access_type`, "VpcOnly"],
    [`${studio}: auth_mode`, "IAM"],
    [`${studio}: source identity`, "USER_PROFILE_NAME"],
    [`${lobRow}: ACCOUNT_ID`, account.id],
    [`${lobRow}: DOMAIN_ID`, OWN_DOMAIN],
    [`${lobRow}: ROLE_ARN`, roleArn(config, account.id, name, "access")],
    ...lob.users.map(expectedProfile).flatMap((user): readonly Setting[] => [
      [`${studio}: ${user} runs as`, roleArn(config, account.id, name, "execution")],
      [`row ${user} of ${namePrefix(config)}-users: LOB`, name],
    ]),
  ];
}
