/** A resource in Terraform's state. */
export interface StateResource {
  readonly address: string;
  /** For example `aws_vpc`. */
  readonly type: string;
  /** Its attributes of {@link READ_ATTRIBUTES}, as strings. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The only attributes that a teardown reads, since a state also holds secrets. */
export const READ_ATTRIBUTES = [
  "id",
  "arn",
  "name",
  "user_profile_name",
  "deletion_protection",
  "deletion_protection_enabled",
] as const;

/** The stacks of one environment, as far as a teardown needs Terraform and cdktf. */
export interface Stacks {
  /** In the order of deployment. */
  readonly names: readonly string[];
  /** Stacks that deployments themselves need, such as the state's bucket. An administrator removes them last, by hand. */
  readonly others: readonly string[];
  /** Stacks that this one depends on, and that stay as long as it does. */
  dependenciesOf(stack: string): readonly string[];
  /** The resources in a stack's state; empty when it was never deployed. */
  resources(stack: string): Promise<readonly StateResource[]>;
  /** Destroys one resource, and what depends on it, with Terraform. */
  destroyOne(stack: string, address: string): Promise<void>;
  /** Destroys whole stacks with cdktf, dependents first. */
  destroy(stacks: readonly string[], report: (text: string) => void): Promise<void>;
}

export function ofType(resources: readonly StateResource[], type: string): StateResource[] {
  return resources.filter((resource) => resource.type === type);
}
