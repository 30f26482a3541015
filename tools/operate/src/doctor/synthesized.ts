import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A resource as it was synthesized, and the account that it belongs to. */
export interface SynthesizedResource {
  readonly stack: string;
  readonly type: string;
  /** Path of the construct: `networking/Endpoints/Zone-sts`. */
  readonly path: string;
  /** Account that its provider allows. */
  readonly accountId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What was synthesized of all stacks. */
export interface Synthesized {
  readonly resources: readonly SynthesizedResource[];
  /** Versions of the AWS provider that the stacks run on. */
  readonly providerVersions: string;
}

interface StackJson {
  readonly provider: { readonly aws: readonly ProviderJson[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly terraform: { readonly required_providers: { readonly aws: { readonly version: string } } };
}

interface ProviderJson {
  readonly alias: string;
  readonly allowed_account_ids: readonly string[];
}

type ResourceJson = Readonly<Record<string, unknown>> & {
  readonly provider: string;
  readonly "//": { readonly metadata: { readonly path: string } };
};

/** Reads what cdktf wrote into its output folder. */
export async function readSynthesized(outdir: string): Promise<Synthesized> {
  const { stacks } = (await readJson(join(outdir, "manifest.json"))) as { stacks: Record<string, unknown> };
  const read = await Promise.all(
    Object.keys(stacks).map(async (stack) => {
      const json = (await readJson(join(outdir, "stacks", stack, "cdk.tf.json"))) as StackJson;
      return { stack, json };
    }),
  );
  return {
    resources: read.flatMap(({ stack, json }) => resourcesOf(stack, json)),
    providerVersions: read[0]?.json.terraform.required_providers.aws.version ?? "",
  };
}

function resourcesOf(stack: string, { provider, resource = {} }: StackJson): SynthesizedResource[] {
  const accounts = new Map(
    provider.aws.map(({ alias, allowed_account_ids: [account = ""] }) => [`aws.${alias}`, account]),
  );
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.values(byName).map((body) => ({
      stack,
      type,
      path: body["//"].metadata.path,
      accountId: accounts.get(body.provider) ?? "",
      body,
    })),
  );
}

export function ofType({ resources }: Pick<Synthesized, "resources">, type: string): SynthesizedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** An attribute that is a text; empty when it is something else. */
export function text({ body }: Pick<SynthesizedResource, "body">, attribute: string): string {
  const value = body[attribute];
  return typeof value === "string" ? value : "";
}

/** The size of the largest group; 0 of none. */
export function largestGroup<Item>(items: readonly Item[], keyOf: (item: Item) => string): number {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}
