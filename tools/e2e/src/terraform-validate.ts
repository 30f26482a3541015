import type { LocalDeployment } from "@studio-access/local-deployment";

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly string[];
}

/** `terraform validate` of a synthesized stack with the real provider; no backend, no account. */
export async function terraformValidate(deployment: LocalDeployment, stack: string): Promise<Validation> {
  await deployment.terraform(stack, ["init", "-backend=false", "-input=false", "-no-color"]);
  const output = await deployment.terraform(stack, ["validate", "-json"]);
  const { valid, diagnostics } = JSON.parse(output) as {
    valid: boolean;
    diagnostics: readonly { severity: string; summary: string; detail: string }[];
  };
  return {
    valid,
    errors: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ summary, detail }) => `${summary}: ${detail}`),
  };
}
