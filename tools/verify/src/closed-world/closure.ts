import type { Config } from "@studio-access/config";
import { isRecord } from "@studio-access/terraform";

import { expectedRoles } from "../expect/roles";
import { workflowRoleArn } from "../expect/workflows";
import type { CellResult } from "../matrices/matrix";
import { ofType, text } from "../model/attributes";
import { accountIn, type Model } from "../model/model";
import type { PolicyText, RoleModel } from "../model/roles";
import { CHANGES, type Change } from "./changes";
import { wildcardMatcher } from "./wildcard";

type Setting = readonly [name: string, answer: () => CellResult];

/** Outcome for a role that can change nothing on which the proofs rest. */
const NOTHING = "nothing that the proofs rest on";
const MAX_CHAINS = 3;

function rowName(roleArn: string): string {
  return `${roleArn} may change`;
}

/** The workflows' apply roles run Terraform: what they must not change is a row of its own. */
function isAdministrator(roleArn: string, config: Config): boolean {
  return workflowRoleArn(config, accountIn(roleArn), "apply") === roleArn;
}

/**
 * One row per role: what it may change on which the proofs rest, such as another role's policies or a function's code. Counts
 * what a statement allows, whatever its conditions, boundaries or other statements refuse: a role that is no
 * administrator's has no such statement.
 */
export function closureSettings(model: Model, config: Config): readonly Setting[] {
  const targets = new Targets(model);
  return model.roles
    .filter(({ arn }) => !isAdministrator(arn, config))
    .map((role): Setting => [rowName(role.arn), () => answerFor(role, targets)]);
}

export function expectedClosure(config: Config): readonly (readonly [name: string, value: string])[] {
  return expectedRoles(config)
    .filter(({ arn }) => !isAdministrator(arn, config))
    .map(({ arn }) => [rowName(arn), NOTHING] as const);
}

function answerFor(role: RoleModel, targets: Targets): CellResult {
  const chains = role.identity.flatMap((policy) =>
    allowsOf(policy).flatMap((statement) => chainsOf(statement, role, targets)),
  );
  if (chains.length === 0) return { outcome: NOTHING, reason: `as ${role.stack} made it` };
  const more = chains.length - MAX_CHAINS;
  const words = [...chains.slice(0, MAX_CHAINS), ...(more > 0 ? [`${more} more`] : [])];
  return { outcome: words.join("; "), reason: `policies of ${role.name}` };
}

interface Allow {
  readonly name: string;
  readonly allows: (action: string) => boolean;
  readonly covers: (arn: string) => boolean;
  readonly forServicesOnly: boolean;
}

/** The statements that allow something. A policy that is no JSON is the other matrices' matter: there it is unknown. */
function allowsOf({ name, json }: PolicyText): readonly Allow[] {
  const document = parsed(json);
  const statements = [isRecord(document) ? document["Statement"] : undefined].flat().filter(isRecord);
  return statements
    .filter((statement) => statement["Effect"] === "Allow")
    .map((statement, index) => ({
      name: `${name}, statement ${typeof statement["Sid"] === "string" ? statement["Sid"] : index}`,
      allows: oneOf(statement["Action"], statement["NotAction"]),
      covers: oneOf(statement["Resource"], statement["NotResource"]),
      // KMS grants to AWS's services alone, which use the key for the caller.
      forServicesOnly: JSON.stringify(statement["Condition"] ?? {}).includes(
        '"Bool":{"kms:GrantIsForAWSResource":"true"}',
      ),
    }));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Whether a value matches one of the patterns, or none of those of a `Not…` list. A variable may have any value: it lets
 * everything in, and keeps nothing out.
 */
function oneOf(patterns: unknown, not: unknown): (value: string) => boolean {
  const variable = /\$\{[^}]*\}/g;
  const texts = [not ?? patterns].flat().filter((each): each is string => typeof each === "string");
  const matchers = (not === undefined ? texts : texts.filter((text) => !text.includes("${"))).map((text) =>
    wildcardMatcher(text.replace(variable, "*")),
  );
  return (value) => matchers.some((matches) => matches(value)) === (not === undefined);
}

function chainsOf(statement: Allow, role: RoleModel, targets: Targets): readonly string[] {
  return CHANGES.flatMap(({ actions, thereby, ...change }) =>
    actions
      .filter(
        (action) => statement.allows(action) && !(action === "kms:CreateGrant" && statement.forServicesOnly),
      )
      .flatMap((action) => {
        const target = targets.of(change, role.account).find(({ arn }) => statement.covers(arn));
        if (target === undefined) return [];
        return [`${role.name} → ${action} on ${target.name} → ${thereby} (${statement.name})`];
      }),
  );
}

interface Target {
  readonly arn: string;
  readonly name: string;
}

/** What there is to change in an account: resources of another account take its resource policy too. */
class Targets {
  readonly #model: Model;
  readonly #found = new Map<string, readonly Target[]>();

  constructor(model: Model) {
    this.#model = model;
  }

  of({ type, anything }: Omit<Change, "actions" | "thereby">, account: string): readonly Target[] {
    // What the role would create lies anywhere in the account.
    if (anything !== undefined) return [{ arn: anything.replace("ACCOUNT", account), name: "anything new" }];
    const key = `${type} ${account}`;
    const known = this.#found.get(key) ?? this.#find(type ?? "", account);
    this.#found.set(key, known);
    return known;
  }

  #find(type: string, account: string): readonly Target[] {
    return ofType(this.#model.resources, type)
      .filter(({ mode }) => mode === "managed")
      .map((resource) => ({
        arn: type === "aws_api_gateway_rest_api" ? apiArn(text(resource, "arn")) : text(resource, "arn"),
        name: text(resource, "name") || text(resource, "function_name") || resource.address,
      }))
      .filter(({ arn }) => ["", account].includes(accountIn(arn)));
  }
}

/** The API's methods, authorizers and policy lie below its ARN. */
function apiArn(arn: string): string {
  return `${arn}/any`;
}
