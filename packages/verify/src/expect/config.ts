import { readFile } from "node:fs/promises";

/** The parts of an environment's config that say what must hold. Synth checks the whole of it. */
export interface VerifiedConfig {
  readonly environment: string;
  readonly region: string;
  readonly organizationId: string | null;
  readonly sharedServices: { readonly id: string };
  readonly network: {
    readonly corporateCidrs: readonly string[];
    readonly resolver: { readonly inbound: boolean };
    readonly additionalEndpoints: readonly string[];
  };
  readonly linesOfBusiness: readonly VerifiedLob[];
  readonly onPremise?: { readonly cidr: string } | null;
  /** Whether the function for operators' smoke tests stands beside the presign function. */
  readonly smokeTest?: boolean;
}

export interface VerifiedLob {
  readonly name: string;
  readonly account: { readonly id: string };
  readonly users: readonly string[];
  /** ARNs of the company's own policies that its notebooks need beside ours. */
  readonly executionPolicyArns?: readonly string[];
}

export async function readVerifiedConfig(file: string): Promise<VerifiedConfig> {
  return JSON.parse(await readFile(file, "utf8")) as VerifiedConfig;
}
