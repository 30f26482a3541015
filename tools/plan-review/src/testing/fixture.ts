import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

import { isRecord } from "@studio-access/terraform";
import type { PlanSource } from "../model";
import { configFrom, type Config } from "@studio-access/config";

/** Plans that the real Terraform made of one change, against the local AWS; reduced to the parts that are read. */
export interface Fixture {
  readonly scenario: string;
  readonly config: Config;
  readonly stacks: readonly RecordedStack[];
}

export interface RecordedStack extends Omit<PlanSource, "plan"> {
  /** Absent where Terraform made no plan. */
  readonly plan?: unknown;
}

export function readFixture(file: string): Fixture {
  const fixture = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Fixture;
  return { ...fixture, config: configFrom(fixture.config, file) };
}

export function writeFixture(file: string, fixture: Fixture, root: string): void {
  const text = JSON.stringify(withoutPasswords(fixture)).replaceAll(root, ".");
  writeFileSync(file, gzipSync(text, { level: 9 }));
}

/** The parts of a plan that are read, as Terraform wrote them. */
export function cutPlan(plan: unknown): unknown {
  if (!isRecord(plan)) throw new TypeError("no plan");
  const kept = [
    "format_version",
    "terraform_version",
    "resource_drift",
    "resource_changes",
    "output_changes",
    "errored",
    "complete",
    "applyable",
  ];
  return {
    ...Object.fromEntries(kept.filter((key) => key in plan).map((key) => [key, plan[key]])),
    prior_state: dataSourcesOf(plan["prior_state"]),
    configuration: declarationsOf(plan["configuration"]),
  };
}

function dataSourcesOf(state: unknown): unknown {
  const resources = at(state, "values", "root_module", "resources");
  const data = Array.isArray(resources)
    ? resources.filter((each: unknown) => at(each, "mode") === "data")
    : [];
  return { values: { root_module: { resources: data as unknown[] } } };
}

function declarationsOf(configuration: unknown): unknown {
  const resources = at(configuration, "root_module", "resources");
  const names = ["address", "mode", "type", "name", "provider_config_key"];
  const declared = (Array.isArray(resources) ? resources : []).map((each: unknown) =>
    Object.fromEntries(names.map((name) => [name, at(each, name)])),
  );
  return { provider_config: at(configuration, "provider_config"), root_module: { resources: declared } };
}

/** The constructs' paths of a synthesized stack, and nothing else of it. */
export function cutSynthesized(synthesized: unknown): unknown {
  const ofKind = (kind: string): unknown =>
    mapValues(at(synthesized, kind), (named) => mapValues(named, (body) => ({ "//": at(body, "//") })));
  return { resource: ofKind("resource"), data: ofKind("data") };
}

/**
 * The local AWS generates the passwords, which are useless without it; but a repository should hold nothing that looks
 * like a password.
 */
function withoutPasswords(fixture: Fixture): Fixture {
  const passwords = new Map<string, string>();
  for (const text of passwordsIn(fixture))
    if (!passwords.has(text)) passwords.set(text, `not-a-password-${passwords.size + 1}`);
  return replaced(fixture, passwords) as Fixture;
}

const PASSWORD = /^(?:random_password|password|temporary_password|sign_in_passwords)$/;

function passwordsIn(value: unknown, isPassword = false): readonly string[] {
  if (typeof value === "string") return isPassword && value.length > 8 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    passwordsIn(item, isPassword || PASSWORD.test(key)),
  );
}

function replaced(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    let text = value;
    for (const [from, to] of texts) text = text.replaceAll(from, to);
    return text;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, texts));
  return isRecord(value) ? mapValues(value, (item) => replaced(item, texts)) : value;
}

function mapValues(value: unknown, map: (item: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).map(([key, item]) => [key, map(item)]),
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, key) => (isRecord(parent) ? parent[key] : undefined), value);
}
