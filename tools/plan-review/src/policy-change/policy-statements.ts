import { iamData, parsePolicy, type Policy, type PolicyKind } from "@studio-access/policy";
import { isObject, listOf, plainStatements, policyValue } from "./statement-fields";

type JsonObject = Readonly<Record<string, unknown>>;

/** A policy document and what to call it. */
export interface NamedDocument {
  /** For people: `inline policy "presign"`. */
  readonly name: string;
  /** JSON text, or parsed. */
  readonly document: unknown;
}

/** One statement of either version of a policy. */
export interface ComparedStatement {
  readonly raw: JsonObject;
  readonly version: unknown;
  readonly effect: "Allow" | "Deny";
  /** `Sid "OurPrincipalsOnly" of inline policy "presign"`. */
  readonly label: string;
  readonly inBefore: boolean;
  readonly inAfter: boolean;
}

/** Both versions of a policy, ready to be compared. */
export interface PolicyPair {
  readonly kind: PolicyKind;
  readonly before: readonly Policy[];
  readonly after: readonly Policy[];
  /** Each distinct statement once. */
  readonly statements: readonly ComparedStatement[];
}

function versionOf(document: unknown): unknown {
  return isObject(document) ? document["Version"] : undefined;
}

interface Found {
  readonly key: string;
  readonly raw: JsonObject;
  readonly version: unknown;
  readonly label: string;
}

function statementsOf({ name, document }: NamedDocument): readonly Found[] {
  const value = policyValue(document);
  const raw = isObject(value) ? listOf(value["Statement"]).filter(isObject) : [];
  const plain = plainStatements(value) ?? [];
  return raw.flatMap((statement, index): Found[] => {
    const normal = plain[index];
    if (normal === undefined) return [];
    // The policy's Version decides whether ${…} is a variable; it does not affect other statements.
    const version = JSON.stringify(normal.fields).includes("${") ? versionOf(value) : undefined;
    const key = JSON.stringify([normal.effect, normal.fields, version]);
    return [{ key, raw: statement, version: versionOf(value), label: `${normal.label} of ${name}` }];
  });
}

function distinct(before: readonly Found[], after: readonly Found[]): readonly ComparedStatement[] {
  const old = new Set(before.map(({ key }) => key));
  const now = new Set(after.map(({ key }) => key));
  const all = new Map([...before, ...after].map((found) => [found.key, found]));
  return [...all.values()].map(({ key, raw, version, label }) => ({
    raw,
    version,
    label,
    effect: raw["Effect"] === "Deny" ? "Deny" : "Allow",
    inBefore: old.has(key),
    inAfter: now.has(key),
  }));
}

/** @throws {PolicyError} when one of them holds something that the evaluator does not know */
export function readPair(
  before: readonly NamedDocument[],
  after: readonly NamedDocument[],
  kind: PolicyKind,
): PolicyPair {
  const parse = ({ name, document }: NamedDocument): Policy =>
    parsePolicy(document, { name, kind, catalog: iamData });
  return {
    kind,
    before: before.map(parse),
    after: after.map(parse),
    statements: distinct(before.flatMap(statementsOf), after.flatMap(statementsOf)),
  };
}
