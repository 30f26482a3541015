import {
  constructPathOf,
  isRecord,
  readPlanJson,
  type ModuleJson,
  type PlanJson,
  type StateResourceJson,
} from "@studio-access/terraform";
import { providerConfigs } from "./provider-configs";
import { asChange, resourceChange, type ChangeSurroundings } from "./parse-change";
import type { Attributes } from "./resource-change";
import { secretsOf } from "./secrets";
import type { DeclaredResource, PlanFailure, ReadDataSource, StackPlan } from "./stack-plan";

/** The texts from which the plan of one stack is read. */
export interface PlanSource {
  readonly stack: string;
  /** What `terraform show -json` printed of its saved plan, parsed or not. */
  readonly plan: unknown;
  /** The stack's `cdk.tf.json`, parsed. Without it, no construct has a name. */
  readonly synthesized?: unknown;
  /** Versions of the providers, by source: `provider_selections` of `terraform version -json`. */
  readonly providerVersions?: Readonly<Record<string, string>>;
  /** Terraform's error message, where the plan failed. */
  readonly error?: string;
}

const REFERENCE = "cross-stack-reference-input-";

/** Reads one stack's plan. @throws {UnreadablePlan} when the JSON is not a plan, or has an unknown format */
export function parsePlan({ stack, plan, synthesized, providerVersions = {}, error }: PlanSource): StackPlan {
  const json = readPlanJson(stack, plan);
  const data = dataSources(json.prior_state?.values?.root_module);
  const foreignOutputs = outputsOfOthers(data);
  const declared = declaredResources(json, synthesized);
  const providers = providerConfigs(json, providerVersions);
  const surroundings: ChangeSurroundings = { stack, declared, providers, deferred: deferredReasons(json) };
  const failure = failureOf(json, error);
  return {
    stack,
    ...(failure === undefined ? {} : { failure }),
    terraformVersion: json.terraform_version ?? "",
    resources: [
      ...(json.resource_changes ?? []).map((entry) => resourceChange(entry, surroundings)),
      ...(json.deferred_changes ?? []).map((entry) => resourceChange(entry.resource_change, surroundings)),
    ],
    drift: (json.resource_drift ?? []).map((entry) => resourceChange(entry, surroundings)),
    outputs: Object.entries(json.output_changes ?? {}).map(([name, change]) => ({
      name,
      ...asChange(change, stack),
    })),
    providers,
    declared,
    read: data.map(({ address, type, name, values = {} }): ReadDataSource => ({
      address,
      type,
      name,
      values,
    })),
    foreignOutputs,
    secrets: secretsOf(json, data, foreignOutputs),
  };
}

/** A stack that could not be planned at all. */
export function planWithout(stack: string, message: string): StackPlan {
  return { ...emptyPlan(stack), failure: { kind: "missing", message } };
}

/** An empty plan. */
export function emptyPlan(stack: string): StackPlan {
  return {
    stack,
    terraformVersion: "",
    resources: [],
    drift: [],
    outputs: [],
    providers: [],
    declared: [],
    read: [],
    foreignOutputs: {},
    secrets: [],
  };
}

function failureOf(json: PlanJson, error: string | undefined): PlanFailure | undefined {
  if (json.errored === true || error !== undefined)
    return { kind: "errored", message: error ?? "Terraform broke the plan off; its output says why." };
  const deferred = json.deferred_changes ?? [];
  // Terraform before 1.8 does not say whether a plan is complete.
  if (deferred.length === 0 && json.complete !== false) return undefined;
  const reasons = deferred.map(({ reason, resource_change: { address } }) => `${address}: ${reason}`);
  return { kind: "deferred", message: ["Terraform left changes for a later run.", ...reasons].join("\n") };
}

function deferredReasons(json: PlanJson): ReadonlyMap<string, string> {
  return new Map(
    (json.deferred_changes ?? []).map(({ reason, resource_change: { address } }) => [address, reason]),
  );
}

function dataSources(module: ModuleJson | undefined): readonly StateResourceJson[] {
  if (module === undefined) return [];
  return [
    ...(module.resources ?? []).filter(({ mode }) => mode === "data"),
    ...(module.child_modules ?? []).flatMap(dataSources),
  ];
}

function outputsOfOthers(data: readonly StateResourceJson[]): Readonly<Record<string, Attributes>> {
  const states = data.filter(({ type }) => type === "terraform_remote_state");
  return Object.fromEntries(
    states.map(({ name, values }): [string, Attributes] => {
      const outputs = values?.["outputs"];
      return [
        name.startsWith(REFERENCE) ? name.slice(REFERENCE.length) : name,
        isRecord(outputs) ? outputs : {},
      ];
    }),
  );
}

function declaredResources({ configuration }: PlanJson, synthesized: unknown): readonly DeclaredResource[] {
  return (configuration?.root_module?.resources ?? []).map((entry) => {
    const { address, mode, type, name, provider_config_key: provider = "" } = entry;
    const constructPath = constructPathOf(synthesized, entry);
    return { address, mode, type, name, provider, ...(constructPath === undefined ? {} : { constructPath }) };
  });
}
