/** Values by attribute; as Terraform writes them, so `snake_case` and nested blocks as lists. */
export type Attributes = Readonly<Record<string, unknown>>;

/** `true` in place of each value that is meant, or of a whole part of them; else the shape of the values. */
export type Marks = boolean | readonly Marks[] | { readonly [key: string]: Marks };

/** `forget`: leaves the state, and stays in AWS. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** What {@link Action}s come to. `replace` is a delete and a create, in either order. */
export type ChangeKind = "no-op" | "read" | "create" | "update" | "replace" | "delete" | "forget";

/** Before and after of anything. */
export interface Change {
  readonly actions: readonly Action[];
  readonly kind: ChangeKind;
  /** null: is not there. */
  readonly before: unknown;
  /** null: will not be there. Values that are known after the apply only are absent; `afterUnknown` has them. */
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
  /** The cdktf construct: `lob-a/Network/Vpc`. Absent for what is no longer in the code, and for what cdktf did not name. */
  readonly constructPath?: string;
  /** Where its provider's block is in {@link StackPlan.providers}: `aws.lob-a`. Absent for what is no longer in the code. */
  readonly provider?: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly providerSource: string;
  /** The one account of its provider, else the one in its own ARN or owner id. Absent where neither says. */
  readonly accountId?: string;
  /** Attributes because of which it is replaced, each as steps: `["cidr_block"]`, `["ingress", 0, "cidr_blocks"]`. */
  readonly replacePaths: readonly AttributePath[];
  /** Why Terraform does it, in its words: `replace_because_cannot_update`, `delete_because_no_resource_config`, … */
  readonly reason?: string;
  /** Address that it had before it was moved. */
  readonly movedFrom?: string;
  /** Id by which it is imported; empty text where the plan does not know it yet. */
  readonly importedId?: string;
  /** Why Terraform leaves it for a later run: `resource_config_unknown`, … */
  readonly deferred?: string;
}

export type AttributePath = readonly (string | number)[];
