import type { Attributes } from "@studio-access/plan-review";
import { isRecord } from "@studio-access/terraform";

/** A synthesized stack, `cdk.tf.json`, in mutable form. */
export interface Synthesized {
  readonly "//": { readonly metadata: { readonly stackName: string } };
  readonly resource: Record<string, Record<string, Body>>;
  data?: Record<string, Record<string, Body>>;
  readonly provider: Record<string, Body[]>;
  readonly terraform: Record<string, unknown>;
  readonly output: Record<string, Body>;
  moved?: readonly Body[];
  import?: readonly Body[];
}

export type Body = Record<string, unknown>;

/** Attributes of the deployed resources, by address. */
export type Deployed = ReadonlyMap<string, Attributes>;

/** Changes one synthesized stack like a change of its code. */
export type Edit = (stack: Synthesized, deployed: Deployed) => void;

/** A resource by its type and a part of its name. */
export type Target = readonly [type: string, part?: string];

/** @throws {RangeError} unless exactly one resource matches, since an edit without effect would prove nothing */
function only({ resource }: Synthesized, [type, part = ""]: Target): readonly [name: string, body: Body] {
  const found = Object.entries(resource[type] ?? {}).filter(([name]) => name.includes(part));
  const [one, ...others] = found;
  if (one === undefined || others.length > 0)
    throw new RangeError(`${type} ${part} stands for ${found.length} resources`);
  return one;
}

/** Removes a resource. References to it are replaced by its deployed values, so that other resources do not change. */
export function drop(...target: Target): Edit {
  return (stack, deployed) => {
    const [type] = target;
    const [name] = only(stack, target);
    const kept = Object.entries(stack.resource[type] ?? {}).filter(([other]) => other !== name);
    // Terraform refuses a resource type without resources.
    if (kept.length === 0) Reflect.deleteProperty(stack.resource, type);
    else stack.resource[type] = Object.fromEntries(kept);
    const address = `${type}.${name}`;
    const values = deployed.get(address) ?? {};
    for (const part of [stack.resource, stack.output, stack.data ?? {}])
      replaceReferences(part, address, values);
  };
}

function replaceReferences(
  parent: Record<string, unknown> | unknown[],
  address: string,
  values: Attributes,
): void {
  for (const [key, value] of Object.entries(parent)) {
    const place = parent as Record<string, unknown>;
    if (key === "depends_on" && Array.isArray(value)) place[key] = value.filter((each) => each !== address);
    else if (typeof value === "string") place[key] = withoutReferences(value, address, values);
    else if (typeof value === "object" && value !== null)
      replaceReferences(value as unknown[], address, values);
  }
}

function withoutReferences(text: string, address: string, values: Attributes): string {
  const literal = address.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`\\$\\{${literal}\\.([\\w.[\\]]+)\\}`, "g"), (_all, path: string) => {
    const found = path
      .split(/[.[\]]+/)
      .filter((step) => step !== "")
      .reduce<unknown>(
        (value, step) => (Array.isArray(value) || isRecord(value) ? (value as Body)[step] : undefined),
        values,
      );
    return typeof found === "string" || typeof found === "number" ? String(found) : "gone";
  });
}

export function set(target: Target, values: Body): Edit {
  return (stack) => {
    Object.assign(only(stack, target)[1], values);
  };
}

/** Sets one environment variable of a function. */
export function setVariable(part: string, name: string, value: string): Edit {
  return (stack) => {
    const [, body] = only(stack, ["aws_lambda_function", part]);
    const { variables } = body["environment"] as { readonly variables: Body };
    body["environment"] = { variables: { ...variables, [name]: value } };
  };
}

export function without(target: Target, ...attributes: readonly string[]): Edit {
  return (stack) => {
    const [, body] = only(stack, target);
    for (const attribute of attributes) Reflect.deleteProperty(body, attribute);
  };
}

/** Adds a resource with a construct path, as cdktf writes it. */
export function add(type: string, name: string, body: Body): Edit {
  return (stack) => {
    const ids = name.replace(/_[0-9A-F]{8}$/, "").split("_");
    const metadata = { path: [stack["//"].metadata.stackName, ...ids].join("/"), uniqueId: name };
    stack.resource[type] = { ...stack.resource[type], [name]: { ...body, "//": { metadata } } };
  };
}

export function addData(type: string, name: string, body: Body): Edit {
  return (stack) => {
    stack.data = { ...stack.data, [type]: { ...stack.data?.[type], [name]: body } };
  };
}

export function all(...edits: readonly Edit[]): Edit {
  return (stack, deployed) => {
    for (const edit of edits) edit(stack, deployed);
  };
}

/** Renames a resource, with a `moved` block for Terraform. */
export function move(target: Target, to: string): Edit {
  return (stack) => {
    const [type] = target;
    const [from, body] = only(stack, target);
    const rest = Object.entries(stack.resource[type] ?? {}).filter(([name]) => name !== from);
    stack.resource[type] = { ...Object.fromEntries(rest), [to]: body };
    replaceNames(stack as unknown as Body, `${type}.${from}`, `${type}.${to}`);
    stack.moved = [...(stack.moved ?? []), { from: `${type}.${from}`, to: `${type}.${to}` }];
  };
}

function replaceNames(stack: Body, from: string, to: string): void {
  for (const part of ["resource", "output", "data"])
    if (part in stack) stack[part] = JSON.parse(JSON.stringify(stack[part]).replaceAll(from, to)) as unknown;
}

export interface StatementJson {
  Sid?: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: Record<string, unknown>;
}

/** Edits the statements of a policy. */
function policy(
  target: Target,
  attribute: string,
  edit: (statements: readonly StatementJson[]) => readonly unknown[],
): Edit {
  return (stack) => {
    const [, body] = only(stack, target);
    const document = JSON.parse(String(body[attribute])) as { Statement: readonly StatementJson[] };
    body[attribute] = JSON.stringify({ ...document, Statement: edit(document.Statement) });
  };
}

/** Edits one statement of a policy. */
export function statement(
  target: Target,
  attribute: string,
  sid: string,
  edit: (statement: StatementJson) => unknown,
): Edit {
  return policy(target, attribute, (statements) => {
    if (!statements.some(({ Sid }) => Sid === sid)) throw new RangeError(`${target.join(" ")} has no ${sid}`);
    return statements.map((each) => (each.Sid === sid ? edit(each) : each));
  });
}

export function withoutCondition(whole: StatementJson): StatementJson {
  return Object.fromEntries(Object.entries(whole).filter(([element]) => element !== "Condition"));
}

/** Edits the provider block with this alias. */
export function provider(alias: string, values: Body): Edit {
  return (stack) => {
    const block = Object.values(stack.provider)
      .flat()
      .find((each) => each["alias"] === alias);
    if (block === undefined) throw new RangeError(`no provider ${alias}`);
    Object.assign(block, values);
  };
}

/** Makes the stack require an additional provider, or another version of its provider. */
export function requireProvider(name: string, source: string, version: string): Edit {
  return (stack) => {
    const required = stack.terraform["required_providers"];
    stack.terraform["required_providers"] = {
      ...(isRecord(required) ? required : {}),
      [name]: { source, version },
    };
  };
}
