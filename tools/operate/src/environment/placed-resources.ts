import type { SynthesizedStack } from "@studio-access/terraform";

/** A synthesized resource and the account that it belongs to. */
export interface PlacedResource {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  /** Path of the construct: `networking/Endpoints/Zone-sts`. */
  readonly path: string;
  /** From its provider's `allowed_account_ids`. */
  readonly accountId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The managed resources of a stack, with what cdktf writes of where they are. */
export function placedResources({ resources, providerConfigurations }: SynthesizedStack): PlacedResource[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ stack, type, address, constructPath, body }) => {
      const provider = providerConfigurations.get(text({ body }, "provider"));
      const accounts = provider?.["allowed_account_ids"];
      const [account] = Array.isArray(accounts) ? (accounts as readonly unknown[]) : [];
      return {
        stack,
        type,
        address,
        path: constructPath,
        accountId: typeof account === "string" ? account : "",
        body,
      };
    });
}

/** A string attribute; empty when it is something else. */
export function text({ body }: Pick<PlacedResource, "body">, attribute: string): string {
  const value = body[attribute];
  return typeof value === "string" ? value : "";
}
