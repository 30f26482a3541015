import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

/** What each stack lets go of, as Terraform's JSON has it. */
const removed = new WeakMap<TerraformStack, object[]>();

/**
 * Has Terraform forget a resource that the construct of this id made before, and leave it as it is in AWS. It does no harm
 * where the state does not have it. cdktf has no construct for it.
 *
 * Source: https://developer.hashicorp.com/terraform/language/block/removed
 */
export function letGo(scope: Construct, id: string, type: string): void {
  const stack = TerraformStack.of(scope);
  // The resource's place in the tree, from which cdktf makes its address.
  const from = `${type}.${stack.getLogicalId(new Construct(scope, id).node)}`;
  const all = [...(removed.get(stack) ?? []), { from, lifecycle: { destroy: false } }];
  removed.set(stack, all);
  stack.addOverride("removed", all);
}
