import type { LocalDeployment } from "@studio-access/local-deployment";

/** What an SDK client needs to act in one account of the local AWS. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Settings of an SDK client; the local AWS takes an account's id as an access key of it. */
export function inAccount({ endpoint, workspace }: LocalDeployment, account: string): ClientSettings {
  return {
    endpoint,
    region: workspace.config.region,
    credentials: { accessKeyId: account, secretAccessKey: "local" },
  };
}
