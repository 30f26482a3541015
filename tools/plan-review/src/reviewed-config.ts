import type { DeployedConfig } from "@studio-access/terraform-cli";

/** The parts of an environment's config that reviews read. Synth checks the whole of it. */
export interface ReviewedConfig extends DeployedConfig {
  readonly network: {
    readonly hubCidr: string;
    readonly accessCidr: string;
    readonly lobSupernets: readonly string[];
    readonly corporateCidrs: readonly string[];
    readonly resolver: { readonly inbound: boolean; readonly outboundRules: readonly unknown[] };
    readonly additionalEndpoints: readonly string[];
  };
  readonly dataRetention: "delete" | "retain";
}
