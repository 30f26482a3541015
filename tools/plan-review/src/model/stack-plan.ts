import type { Attributes, Change, ResourceChange } from "./resource-change";

/** What Terraform says of one stack, from `terraform show -json` of a saved plan and the synthesized stack beside it. */
export interface StackPlan {
  /** `networking`, `access`, `lob-a`, … */
  readonly stack: string;
  /** Why the plan is not complete. The other fields then hold the parts that are known in spite of that. */
  readonly failure?: PlanFailure;
  readonly terraformVersion: string;
  /** Every resource of the stack and every data source that is read in the apply; also those that do not change. */
  readonly resources: readonly ResourceChange[];
  /** What changed outside Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly providers: readonly ProviderConfig[];
  /** What the stack's configuration declares: resources and data sources, those that are read before the plan too. */
  readonly declared: readonly DeclaredResource[];
  /**
   * Data sources that were read for the plan, with their values. The earlier values of resources are in {@link
   * resources}.
   */
  readonly read: readonly ReadDataSource[];
  /** Outputs read from the states of other stacks, by the name of that stack. Values here may be secret. */
  readonly foreignOutputs: Readonly<Record<string, Attributes>>;
  /**
   * Every value that is marked sensitive somewhere, or is an output of another stack: no report shows it in any
   * spelling.
   */
  readonly secrets: readonly Secret[];
}

/** A value that must not be shown, and the label that is shown instead. */
export interface Secret {
  readonly value: string;
  /** `sensitive`, or the name of the other stack's output: `networking Hub_TransitGateway.id`. */
  readonly label: string;
}

export interface PlanFailure {
  /**
   * `errored`: planning ended with an error; `deferred`: Terraform left changes for a later run; `missing`: there is no
   * plan at all.
   */
  readonly kind: "errored" | "deferred" | "missing";
  /** Terraform's own message, where there is one. */
  readonly message: string;
}

export interface OutputChange extends Change {
  readonly name: string;
}

/** One provider block of the stack. */
export interface ProviderConfig {
  /** `aws`, or `aws.lob-a` with an alias: what {@link ResourceChange.provider} refers to. */
  readonly key: string;
  readonly alias?: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** Versions that the stack admits, as Terraform writes them: `>= 5.100.0, < 7.0.0`. */
  readonly versionConstraint?: string;
  /** Version that the plan was made with, where it is known. */
  readonly version?: string;
  /** `allowed_account_ids`; none where the block does not say. */
  readonly accountIds: readonly string[];
  readonly assumedRole?: string;
  readonly profile?: string;
  readonly region?: string;
}

/** A resource or data source as the configuration declares it, whether or not it has instances. */
export interface DeclaredResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Key of its {@link ProviderConfig}. */
  readonly provider: string;
  readonly constructPath?: string;
}

export interface ReadDataSource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Attributes;
}
