/** The stacks of one environment, as far as a teardown needs Terraform and cdktf. */
export interface Stacks {
  /** In the order in which they are deployed. */
  readonly names: readonly string[];
  /** Stacks that must stay as long as this one does. */
  dependenciesOf(stack: string): readonly string[];
  /** Addresses of the resources in a stack's state; none when it was never deployed. */
  addresses(stack: string): Promise<readonly string[]>;
  /** Plain attributes of one resource, as the state has them. Secrets are not among them. */
  attributes(stack: string, address: string): Promise<ReadonlyMap<string, string>>;
  /** Destroys one resource, and what depends on it, with Terraform. */
  destroyOne(stack: string, address: string): Promise<void>;
  /** Destroys whole stacks with cdktf, dependents first. */
  destroy(stacks: readonly string[], report: (text: string) => void): Promise<void>;
}

/** Addresses of one type of resource. */
export function ofType(addresses: readonly string[], type: string): string[] {
  return addresses.filter((address) => address.startsWith(`${type}.`));
}
