import { isRecord, parseJson } from "./json";

/**
 * The parts of the output of `terraform show -json` for a saved plan that are read here.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation. Minor versions of the
 * format add to it; a major one changes it.
 */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  /** Differences between the state and the real resources. */
  readonly resource_drift?: readonly ResourceChangeJson[];
  /** The changes that an apply would make; resources without a change are listed too. */
  readonly resource_changes?: readonly ResourceChangeJson[];
  readonly deferred_changes?: readonly DeferredChangeJson[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
  /** The state after the refresh; its values hold secrets. */
  readonly prior_state?: { readonly values?: { readonly root_module?: ModuleJson } };
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, ProviderConfigJson>>;
    readonly root_module?: { readonly resources?: readonly ConfiguredResourceJson[] };
  };
  /** Whether planning ended with an error. */
  readonly errored?: boolean;
  /** Whether one apply of the plan reaches the state that the configuration describes. */
  readonly complete?: boolean;
}

export interface ChangeJson {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** `true` in place of each value that is known after the apply only. */
  readonly after_unknown?: unknown;
  /** `true` in place of each sensitive value, or of a whole part that holds some. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string } | null;
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider_name?: string;
  readonly change: ChangeJson;
  readonly action_reason?: string;
}

interface DeferredChangeJson {
  readonly reason: string;
  readonly resource_change: ResourceChangeJson;
}

export interface ModuleJson {
  readonly resources?: readonly StateResourceJson[];
  readonly child_modules?: readonly ModuleJson[];
}

export interface StateResourceJson {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly sensitive_values?: unknown;
}

interface ProviderConfigJson {
  readonly full_name?: string;
  readonly alias?: string;
  readonly version_constraint?: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

interface ConfiguredResourceJson {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
}

/** The given JSON is not a plan that can be reviewed. */
export class UnreadablePlan extends Error {
  override readonly name = "UnreadablePlan";

  constructor(stack: string, problem: string) {
    super(`plan of ${stack}: ${problem}`);
  }
}

const KNOWN_MAJOR = "1";

function notJson(stack: string): UnreadablePlan {
  return new UnreadablePlan(stack, "not JSON. Give what `terraform show -json PLAN` prints, all of it.");
}

/**
 * The value as a plan, after a look at its version and its shape.
 *
 * @param json what `terraform show -json` printed, parsed or not
 * @throws {UnreadablePlan}
 */
export function readPlanJson(stack: string, json: unknown): PlanJson {
  const plan = typeof json === "string" ? parseJson(json, () => notJson(stack)) : json;
  if (!isRecord(plan))
    throw new UnreadablePlan(stack, "no JSON object. Give what `terraform show -json PLAN` prints.");
  const version = plan["format_version"];
  if (typeof version !== "string")
    throw new UnreadablePlan(
      stack,
      "no format_version. Give what `terraform show -json PLAN` prints, of a plan file.",
    );
  if (version.split(".")[0] !== KNOWN_MAJOR)
    throw new UnreadablePlan(
      stack,
      `its format is ${version}, and only ${KNOWN_MAJOR}.x is known here. Plan with the Terraform of .terraform-version.`,
    );
  if (!("resource_changes" in plan || "planned_values" in plan || "configuration" in plan))
    throw new UnreadablePlan(
      stack,
      "this is a state, not a plan. Give `terraform show -json` the file of `plan -out`.",
    );
  for (const list of ["resource_changes", "resource_drift"]) checkChanges(stack, list, plan[list] ?? []);
  // The fields that are read later were checked above, or are optional.
  return plan as unknown as PlanJson;
}

function checkChanges(stack: string, list: string, changes: unknown): void {
  if (!Array.isArray(changes)) throw new UnreadablePlan(stack, `${list} is no list`);
  changes.forEach((entry: unknown, index) => {
    const isChange =
      isRecord(entry) &&
      ["address", "mode", "type", "name"].every((key) => typeof entry[key] === "string") &&
      isRecord(entry["change"]) &&
      Array.isArray(entry["change"]["actions"]);
    if (!isChange) throw new UnreadablePlan(stack, `${list}[${index}] is no change of a resource`);
  });
}
