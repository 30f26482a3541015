/** Values by attribute; as Terraform writes them, so `snake_case` and nested blocks as lists. */
export type Attributes = Readonly<Record<string, unknown>>;

/** `true` in place of each marked value, or of a part that is marked as a whole; otherwise the shape of the values. */
export type Marks = boolean | readonly Marks[] | { readonly [key: string]: Marks };

/** `forget`: leaves the state, and stays in AWS. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** The {@link Action}s of one change taken together. `replace` is a delete and a create, in either order. */
export type ChangeKind = "no-op" | "read" | "create" | "update" | "replace" | "delete" | "forget";

/** Before and after of anything. */
export interface Change {
  readonly actions: readonly Action[];
  readonly kind: ChangeKind;
  /** null: it does not exist yet. */
  readonly before: unknown;
  /** null: it will not exist. Values that are known only after the apply are absent here; `afterUnknown` marks them. */
  readonly after: unknown;
  readonly afterUnknown: Marks;
  readonly beforeSensitive: Marks;
  readonly afterSensitive: Marks;
}

/** What an apply would do to one resource. */
export interface ResourceChange extends Change {
  readonly stack: string;
  /** `aws_vpc.Network_Vpc_FAC8F4A5`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  /**
   * The cdktf construct: `lob-a/Network/Vpc`. Absent for a resource that is no longer in the code, and for one without
   * a path in cdktf's output.
   */
  readonly constructPath?: string;
  /**
   * Where its provider's block is in {@link StackPlan.providers}: `aws.lob-a`. Absent for a resource that is no longer
   * in the code.
   */
  readonly provider?: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly providerSource: string;
  /** The one account of its provider, else the one in its own ARN or owner id. Absent where neither names one. */
  readonly accountId?: string;
  /** Paths of the attributes that force its replacement: `["cidr_block"]`, `["ingress", 0, "cidr_blocks"]`. */
  readonly replacePaths: readonly AttributePath[];
  /** Terraform's reason for the change: `replace_because_cannot_update`, `delete_because_no_resource_config`, … */
  readonly reason?: string;
  /** Address that it had before it was moved. */
  readonly movedFrom?: string;
  /** Id by which it is imported; empty text where the plan does not know it yet. */
  readonly importedId?: string;
  /** Why Terraform leaves it for a later run: `resource_config_unknown`, … */
  readonly deferred?: string;
}

export type AttributePath = readonly (string | number)[];
