import { compileAction, type ActionPattern } from "./action";
import type { Catalog } from "./catalog";
import { checkVariables, compileCondition, type Condition } from "./condition";
import { PolicyError } from "./errors";
import { stringList, type JsonObject } from "./json";
import { RULES, type PolicyKind } from "./kinds";
import { resolvable } from "./pattern";
import { compilePrincipal, type Grant, type PrincipalPattern } from "./principal-element";
import type { PreparedRequest } from "./request";
import { compileResource, type ResourcePattern } from "./resource";

/** A compiled statement. */
export interface Statement {
  readonly index: number;
  readonly sid?: string;
  /** As the policy's JSON has it. */
  readonly raw: JsonObject;
  readonly effect: "Allow" | "Deny";
  /** Whether its Action or NotAction covers the action; resource and conditions are not looked at. */
  readonly names: ActionPattern;
  /** Whether it applies to every resource and has no condition. */
  readonly unconditional: boolean;
  /** How the statement names the caller, or undefined when it does not apply to the request. */
  readonly match: (request: PreparedRequest) => Grant | undefined;
}

export interface StatementOptions {
  readonly kind: PolicyKind;
  readonly catalog: Catalog;
  /** Whether the policy's version has variables. */
  readonly variables: boolean;
}

const ELEMENTS: readonly string[] = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function malformed(what: string): PolicyError {
  return new PolicyError("malformed_statement", what);
}

/** The list of one of two elements that exclude each other, such as Action and NotAction. */
function eitherList(
  raw: JsonObject,
  plain: string,
): { readonly negated: boolean; readonly texts: readonly string[] } {
  const negated = `Not${plain}`;
  const given = [plain, negated].filter((element) => element in raw);
  const [element] = given;
  if (element === undefined || given.length > 1)
    throw malformed(`a statement has either ${plain} or ${negated}`);
  const texts = stringList(raw[element]);
  if (texts === undefined) throw malformed(`${element} is not a string or a list of strings`);
  return { negated: element === negated, texts };
}

function compileActions(raw: JsonObject, { catalog }: StatementOptions): ActionPattern {
  const { negated, texts } = eitherList(raw, "Action");
  const patterns = texts.map((text) => compileAction(text, catalog));
  return (action) => patterns.some((matches) => matches(action)) !== negated;
}

type ResourceMatcher = (request: PreparedRequest) => boolean;

/**
 * An entry that holds a variable without a value matches no resource, so that NotResource covers it.
 *
 * Source: "Policy variables with no value" in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function matchResources(patterns: readonly ResourcePattern[], negated: boolean): ResourceMatcher {
  const single = new Set(patterns.flatMap(({ only }) => only ?? []));
  const others = patterns.filter(({ only }) => only === undefined);
  return ({ resource, values }) =>
    (single.has(resource.text) ||
      others.some(
        (pattern) => resolvable(pattern.variables, values) && pattern.matches(resource, values),
      )) !== negated;
}

function compileResources(raw: JsonObject, { kind, catalog, variables }: StatementOptions): ResourceMatcher {
  if (RULES[kind].resource === "forbidden") {
    if ("Resource" in raw || "NotResource" in raw) throw malformed(`a ${kind} policy has no Resource`);
    return () => true;
  }
  const { negated, texts } = eitherList(raw, "Resource");
  const patterns = texts.map((text) => compileResource(text, { variables }));
  checkVariables(
    patterns.flatMap((pattern) => pattern.variables),
    catalog,
  );
  return matchResources(patterns, negated);
}

function compilePrincipals(raw: JsonObject, { kind }: StatementOptions): PrincipalPattern {
  if ("NotPrincipal" in raw) {
    throw new PolicyError(
      "not_principal",
      "NotPrincipal is not supported: use Principal with a condition on aws:PrincipalArn",
    );
  }
  const required = RULES[kind].principal === "required";
  if ("Principal" in raw !== required)
    throw malformed(`a ${kind} policy ${required ? "needs a" : "has no"} Principal`);
  return required ? compilePrincipal(raw["Principal"], kind) : () => "direct";
}

/** Whether neither a condition nor a resource limits the statement. Without a Resource element it applies to one resource. */
function isUnconditional(raw: JsonObject): boolean {
  return !("Condition" in raw) && (stringList(raw["Resource"])?.includes("*") ?? false);
}

function compileConditions(raw: JsonObject, options: StatementOptions): Condition {
  return "Condition" in raw ? compileCondition(raw["Condition"], options) : () => true;
}

/** @throws {PolicyError} when the Sid is no string, or one that IAM refuses */
export function readSid(raw: JsonObject, kind: PolicyKind): string | undefined {
  const sid = raw["Sid"];
  if (sid === undefined) return undefined;
  if (typeof sid !== "string") throw malformed("Sid is no string");
  if (RULES[kind].plainSid && !/^[A-Za-z0-9]*$/.test(sid))
    throw malformed(`Sid "${sid}" is not of letters and digits`);
  return sid;
}

function readEffect(raw: JsonObject): "Allow" | "Deny" {
  const effect = raw["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw malformed('Effect is neither "Allow" nor "Deny"');
  return effect;
}

function checkElements(raw: JsonObject): void {
  const unknown = Object.keys(raw).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined)
    throw new PolicyError("unknown_element", `"${unknown}" is no element of a statement`);
}

/** @throws {PolicyError} on anything that the evaluator does not know */
export function compileStatement(raw: JsonObject, index: number, options: StatementOptions): Statement {
  checkElements(raw);
  const sid = readSid(raw, options.kind);
  const effect = readEffect(raw);
  const principals = compilePrincipals(raw, options);
  const actions = compileActions(raw, options);
  const resources = compileResources(raw, options);
  const condition = compileConditions(raw, options);
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    raw,
    effect,
    names: actions,
    unconditional: isUnconditional(raw),
    match(request) {
      if (!actions(request.action)) return undefined;
      const grant = principals(request.caller);
      if (grant === undefined || !resources(request)) return undefined;
      return condition(request.values) ? grant : undefined;
    },
  };
}
