import { isRecord, type ResourceInstance } from "@studio-access/terraform";

import { isUnset } from "../../closed-world/leaves";
import { fateOf, fatesOf } from "../../closed-world/table";
import type { ProviderSchema } from "../provider-schema";
import type { Change, State } from "./mutation";
import { policyEdits } from "./policy-edits";

/** One change that the generator makes of a good state. */
export interface GeneratedChange {
  /** What is done, to which attribute of which resource: the same words for the same change in every run. */
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  /** Path of the changed attribute; undefined where the whole resource is. */
  readonly path: string | undefined;
  readonly change: Change;
}

type Values = ResourceInstance["values"];

/** Types that the stacks do not use, and that would open a way in or out. */
const STRANGE_TYPES = [
  "aws_network_acl",
  "aws_iam_user_policy",
  "aws_iam_access_key",
  "aws_ec2_client_vpn_endpoint",
  "aws_egress_only_internet_gateway",
  "aws_ec2_transit_gateway_prefix_list_reference",
  "aws_ec2_transit_gateway_peering_attachment",
  "aws_lambda_function_url",
  "aws_lambda_alias",
  "aws_dynamodb_resource_policy",
  "aws_dynamodb_global_table",
  "aws_apigatewayv2_api",
  "aws_api_gateway_domain_name",
  "aws_vpn_gateway",
  "aws_vpc_dhcp_options_association",
  "aws_route53_resolver_rule_association",
  "aws_vpc_endpoint_service",
  "aws_sagemaker_notebook_instance",
  "aws_s3_bucket_acl",
  "aws_kms_grant",
];

/**
 * Every single change that the generator knows, of resources that Terraform manages. Attributes that the table calls free
 * are left alone: the table says why a change of them does no harm.
 */
export function generatedChanges(state: State, schema: ProviderSchema): readonly GeneratedChange[] {
  const managed = state.filter(({ mode, type }) => mode === "managed" && schema[type] !== undefined);
  const byType = new Map<string, ResourceInstance[]>();
  for (const resource of managed) byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  const stacks = [...new Set(state.map(({ stack }) => stack))];
  return [
    ...managed.flatMap((resource) => [
      ...wholeChanges(resource),
      ...Object.entries(schema[resource.type] ?? {})
        .filter(([path]) => !isFree(resource.type, path))
        .flatMap(([path, kind]) => attributeChanges(resource, path, kind, byType.get(resource.type) ?? [])),
      ...policyChanges(resource),
    ]),
    ...stacks.flatMap((stack) => [
      ...[...byType].flatMap(([type, [first]]) =>
        first === undefined ? [] : [stray(stack, type, first.values)],
      ),
      ...STRANGE_TYPES.map((type) => stray(stack, type, {})),
    ]),
  ];
}

function isFree(type: string, path: string): boolean {
  return fateOf(fatesOf(type) ?? new Map(), path)?.kind === "free";
}

function replaced(resource: ResourceInstance, values: Values): Change {
  return (state) => state.map((each) => (each === resource ? { ...each, values } : each));
}

function wholeChanges(resource: ResourceInstance): readonly GeneratedChange[] {
  const { type, values } = resource;
  const twin = { ...resource, address: `${resource.address}_twin` };
  const suffixed = (value: unknown): unknown => (typeof value === "string" ? `${value}0` : value);
  const renewed = {
    ...twin,
    values: { ...values, id: suffixed(values["id"]), arn: suffixed(values["arn"]) },
  };
  const whole = (kind: string, change: Change): GeneratedChange => ({
    name: `${kind}: ${place(resource)}`,
    kind,
    type,
    path: undefined,
    change,
  });
  return [
    whole("remove", (state) => state.filter((each) => each !== resource)),
    whole("add a twin", (state) => [...state, twin]),
    whole("add a twin with an id of its own, first in the state", (state) => [renewed, ...state]),
  ];
}

function stray(stack: string, type: string, values: Values): GeneratedChange {
  const added = { stack, address: `${type}.Stray`, mode: "managed", type, values } as const;
  return {
    name: `add to ${stack}: ${type}`,
    kind: "add one more of a type",
    type,
    path: undefined,
    change: (state) => [...state, added],
  };
}

function attributeChanges(
  resource: ResourceInstance,
  path: string,
  kind: string,
  siblings: readonly ResourceInstance[],
): readonly GeneratedChange[] {
  const old = valueAt(resource.values, path.split("."));
  const others = siblings
    .map(({ values }) => valueAt(values, path.split(".")))
    .filter((each) => !isUnset(each));
  return newValues(old, kind, others).map(([verb, value]) => ({
    name: `${verb}: ${place(resource)} ${path}`,
    kind: verb,
    type: resource.type,
    path,
    change: replaced(resource, withValueAt(resource.values, path.split("."), value) as Values),
  }));
}

/** Other values of an attribute, each with what is done to get it. */
function newValues(
  old: unknown,
  kind: string,
  others: readonly unknown[],
): readonly (readonly [verb: string, value: unknown])[] {
  const unset = isUnset(old);
  const swapped = others.filter((other) => JSON.stringify(other) !== JSON.stringify(old)).slice(0, 2);
  const common = [
    ...(unset ? [] : [["remove the value", undefined] as const]),
    ...swapped.map((value) => ["take another resource's value", value] as const),
  ];
  switch (kind) {
    case "bool":
      return [["switch", old !== true]];
    case "number":
      return [...common, ["another number", (typeof old === "number" ? old : 0) + 7]];
    case "list":
    case "set":
      return [...common, ...listValues(Array.isArray(old) ? (old as readonly unknown[]) : [])];
    case "map":
      return [...common, ["add a key", { ...(isRecord(old) ? old : {}), Added: "by machine" }]];
    default:
      return [...common, [unset ? "set a value" : "another value", "by-machine"]];
  }
}

function listValues(old: readonly unknown[]): readonly (readonly [string, unknown])[] {
  const added = typeof old[0] === "number" ? 4711 : "by-machine";
  return [
    ["add an element", [...old, added]],
    ...(old.length > 1 ? [["remove an element", old.slice(1)] as const] : []),
  ];
}

function policyChanges(resource: ResourceInstance): readonly GeneratedChange[] {
  return Object.entries(resource.values).flatMap(([path, value]) =>
    typeof value !== "string" || isFree(resource.type, path)
      ? []
      : policyEdits(value).map(({ name, json }) => ({
          name: `${name}: ${place(resource)} ${path}`,
          kind: "change a policy",
          type: resource.type,
          path,
          change: replaced(resource, { ...resource.values, [path]: json }),
        })),
  );
}

function place({ stack, address }: ResourceInstance): string {
  return `${stack}/${address}`;
}

/** The value at a path; of repeated blocks the first one's. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (Array.isArray(value)) return valueAt(value[0], path);
  const [name = "", ...rest] = path;
  return isRecord(value) ? valueAt(value[name], rest) : undefined;
}

/** A copy with another value at a path. A block that is not there is made. */
function withValueAt(value: unknown, [name = "", ...rest]: readonly string[], changed: unknown): unknown {
  if (Array.isArray(value)) {
    const [first, ...others] = value as readonly unknown[];
    return [withValueAt(first, [name, ...rest], changed), ...others];
  }
  const old = isRecord(value) ? value : {};
  if (rest.length === 0) return { ...old, [name]: changed };
  return { ...old, [name]: withValueAt(old[name] ?? [{}], rest, changed) };
}
