/**
 * What `terraform show -json` says of a saved plan, as far as it is read here.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface PlanJson {
  /** What differs between the state and what is there. */
  readonly resource_drift?: readonly ResourceChange[];
  /** What an apply would do; with every resource to which it would do nothing. */
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Pick<Change, "actions">>>;
  /** The state after the refresh; its values hold secrets. */
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly StateResource[] } };
  };
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** `true` in place of each value that is known after the apply only. */
  readonly after_unknown?: unknown;
  /** `true` in place of each sensitive value, or of a whole part that holds some. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Resources that were there when the plan was made; data sources left out. */
export function resourcesThere(plan: PlanJson): readonly StateResource[] {
  const resources = plan.prior_state?.values?.root_module?.resources ?? [];
  return resources.filter(({ mode }) => mode === "managed");
}
