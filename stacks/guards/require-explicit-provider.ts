import { Annotations, TerraformDataSource, TerraformResource } from "cdktf";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Fails synth on an AWS resource or data source that names no provider.
 *
 * cdktf checks only that some AWS provider exists in the stack. Without this guard, a forgotten `provider` would
 * deploy into whichever account the caller's own credentials point at.
 */
export class RequireExplicitProvider implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) && !TerraformDataSource.isTerraformDataSource(node))
      return;
    if (node.terraformGeneratorMetadata?.providerName !== "aws" || node.provider !== undefined) return;
    Annotations.of(node).addError(
      `${node.terraformResourceType} names no provider: pass the provider of the account that it belongs to`,
    );
  }
}
