/** A resource, as Terraform's state has it. */
export interface StateResource {
  readonly address: string;
  /** `aws_vpc`. */
  readonly type: string;
  /** Those of {@link READ_ATTRIBUTES} that it has, as text. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The only attributes that a teardown reads: a state holds secrets too. */
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
  /** In the order in which they are deployed. */
  readonly names: readonly string[];
  /** What deployments themselves need, such as the bucket of their state. It goes last, and by hand alone. */
  readonly others: readonly string[];
  /** Stacks that must stay as long as this one does. */
  dependenciesOf(stack: string): readonly string[];
  /** What is in a stack's state; nothing when it was never deployed. */
  resources(stack: string): Promise<readonly StateResource[]>;
  /** Destroys one resource, and what depends on it, with Terraform. */
  destroyOne(stack: string, address: string): Promise<void>;
  /** Destroys whole stacks with cdktf, dependents first. */
  destroy(stacks: readonly string[], report: (text: string) => void): Promise<void>;
}

export function ofType(resources: readonly StateResource[], type: string): StateResource[] {
  return resources.filter((resource) => resource.type === type);
}
