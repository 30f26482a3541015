import { expectedClosedWorld } from "../closed-world/closed-world";
import { expectedClosure } from "../closed-world/closure";
import { namesRow } from "../matrices/dns-settings";
import { keyRow, OWN_KEY } from "../matrices/key-settings";
import { expectedProfileMakers } from "../matrices/profile-makers";
import { CURRENT } from "../matrices/stage-settings";
import { UNEXPECTED, type Expected } from "../matrices/matrix";
import { ATTACHED, OWN_DOMAIN, policyRow, VALUE } from "../matrices/settings-matrix";
import { APPLY_REFUSALS, applyRow, BOUNDED, boundaryRow, boundedRow } from "../matrices/workflow-settings";
import { hasGroups, type Config } from "@studio-access/config";
import { expectedUserRows } from "./blocked-users";
import { resolvableNames } from "./resolvable-names";
import { expectedRoles, namePrefix, roleArn } from "./roles";
import { expectedTables } from "./tables";

export function expectedSettings(config: Config): Expected {
  const values = new Map([
    ...shared(config),
    ...config.linesOfBusiness.flatMap((lob) => ofLob(config, lob)),
    ...ofDns(config),
    ...ofRoles(config),
    ...expectedProfileMakers(config),
    ...ofWorkflows(config),
    ...expectedClosure(config),
    ...expectedClosedWorld(config),
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
    ...expectedTables(config).map((table): Setting => [keyRow(table), OWN_KEY]),
    ["API: stage studio serves", CURRENT],
    ...["API", ...(config.access?.domain === undefined ? [] : [config.access.domain.name])].flatMap(
      (called): readonly Setting[] => [
        [`${called}: a call through the hub's endpoint`, "let in"],
        [`${called}: a call through a foreign endpoint`, "refused"],
        [`${called}: a call through no endpoint`, "refused"],
      ],
    ),
  ];
}

/** Of every VPC without a way to the internet. */
function ofDns(config: Config): readonly Setting[] {
  return [...resolvableNames(config)].map(([stack, names]): Setting => [namesRow(stack), names]);
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
  const lobRow = `row ${name} of ${namePrefix(config)}-lobs`;
  return [
    [`${lobRow}: ACCOUNT_ID`, account.id],
    [`${lobRow}: DOMAIN_ID`, OWN_DOMAIN],
    [`${lobRow}: ROLE_ARN`, roleArn(config, account.id, name, "access")],
    ...(hasGroups(lob)
      ? [[`${lobRow}: PROFILE_MAKER_ROLE_ARN`, roleArn(config, account.id, name, "profiles")] as const]
      : []),
    ...(lob.groups ?? []).map((group): Setting => [
      `row ${group} of ${namePrefix(config)}-groups: LOB`,
      name,
    ]),
    ...[...expectedUserRows(config, lob)].flatMap(([user, isBlocked]): readonly Setting[] => {
      const row = `row ${user} of ${namePrefix(config)}-users`;
      return [[`${row}: LOB`, name], ...(isBlocked ? [[`${row}: BLOCKED`, "true"] as const] : [])];
    }),
  ];
}
