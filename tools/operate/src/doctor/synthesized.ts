import { synthesizedStack, synthesizedStacks, type SynthesizedStack } from "@studio-access/terraform";

/** A synthesized resource and the account that it belongs to. */
export interface SynthesizedResource {
  readonly stack: string;
  readonly type: string;
  /** Path of the construct: `networking/Endpoints/Zone-sts`. */
  readonly path: string;
  /** From its provider's `allowed_account_ids`. */
  readonly accountId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the doctor reads of all synthesized stacks. */
export interface Synthesized {
  readonly resources: readonly SynthesizedResource[];
  /** Version constraint of the AWS provider that the stacks require. */
  readonly providerVersions: string;
}

/** Reads cdktf's output folder. */
export async function readSynthesized(outdir: string): Promise<Synthesized> {
  const names = (await synthesizedStacks(outdir)).map(({ name }) => name);
  const stacks = await Promise.all(names.map((name) => synthesizedStack(outdir, name)));
  return {
    resources: stacks.flatMap(resourcesOf),
    providerVersions: stacks[0]?.requiredProviders.get("aws")?.version ?? "",
  };
}

function resourcesOf({ resources, providerConfigurations }: SynthesizedStack): SynthesizedResource[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ stack, type, constructPath, body }) => {
      const provider = providerConfigurations.get(text({ body }, "provider"));
      const accounts = provider?.["allowed_account_ids"];
      const [account] = Array.isArray(accounts) ? (accounts as readonly unknown[]) : [];
      return {
        stack,
        type,
        path: constructPath,
        accountId: typeof account === "string" ? account : "",
        body,
      };
    });
}

export function ofType({ resources }: Pick<Synthesized, "resources">, type: string): SynthesizedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** A string attribute; empty when it is something else. */
export function text({ body }: Pick<SynthesizedResource, "body">, attribute: string): string {
  const value = body[attribute];
  return typeof value === "string" ? value : "";
}

/** The size of the largest group; 0 without items. */
export function largestGroup<Item>(items: readonly Item[], keyOf: (item: Item) => string): number {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}
