import type { ResourceChange } from "../model";
import { changesOf, findingOf, isUnknown } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "function-code";

const CODE = ["source_code_hash", "filename", "s3_bucket", "s3_key", "image_uri"];
/** Attributes that add code to a function, or replace its code. */
const BESIDE = ["layers", "handler", "runtime", "role", "image_config", "package_type"];

function differs({ before, after, ...rest }: ResourceChange, name: string): boolean {
  const isKnown = !isUnknown({ before, after, ...rest }, name);
  return isKnown ? JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]) : true;
}

function variablesOf(value: unknown): Readonly<Record<string, unknown>> {
  const [first] = Array.isArray(value)
    ? (value as { readonly variables?: Readonly<Record<string, unknown>> }[])
    : [];
  return first?.variables ?? {};
}

/** Only the names of variables are shown: a value may be secret. */
function changedVariables({ before, after }: ResourceChange): readonly string[] {
  const [old, now] = [variablesOf(before?.["environment"]), variablesOf(after?.["environment"])];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return names.filter((name) => old[name] !== now[name]);
}

function check(resource: ResourceChange): readonly Finding[] {
  if (resource.type !== "aws_lambda_function") return [];
  const beside = BESIDE.filter((name) => differs(resource, name));
  const variables = changedVariables(resource);
  const code = CODE.filter((name) => differs(resource, name));
  if (beside.length + variables.length + code.length === 0) return [];
  const details = [
    ...(code.length === 0 ? [] : [`its code (${code.join(", ")})`]),
    ...beside.map((name) => `its ${name}`),
    ...variables.map((name) => `the variable ${name}`),
  ];
  return [
    findingOf(NAME, beside.length + variables.length > 0 ? "warn" : "note", resource, {
      message: "A function changes that decides who may enter: no plan shows what its code does.",
      details,
      remedy: "Read its source in the same change.",
    }),
  ];
}

/** Reports changes of a function's code, which no plan shows. */
export const functionCode: Rule = {
  name: NAME,
  severity: "warn",
  description: "Changes a function's code, or (as a warning) its layers, handler, role or environment.",
  check: (context) => changesOf(context, "update", "replace").flatMap(check),
};
