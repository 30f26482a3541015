import type { LocalDeployment } from "@studio-access/local-deployment";

/** What an SDK client needs to act in one account of the local AWS. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Settings for an SDK client; the local AWS accepts an account's id as an access key of that account. */
export function inAccount({ endpoint, workspace }: LocalDeployment, account: string): ClientSettings {
  return {
    endpoint,
    region: workspace.config.region,
    credentials: { accessKeyId: account, secretAccessKey: "local" },
  };
}
