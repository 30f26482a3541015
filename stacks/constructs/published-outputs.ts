import { TerraformOutput, type TerraformStack } from "cdktf";

/** Name of an output → its value and what it is, for people and scripts that read the stack's outputs. */
export type PublishedOutputs = Readonly<Record<string, readonly [value: unknown, description: string]>>;

/** Publishes outputs under exactly these names. */
export function publish(stack: TerraformStack, outputs: PublishedOutputs): void {
  for (const [name, [value, description]] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { value, description, staticId: true });
  }
}
