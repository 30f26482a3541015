import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { isJsonObject, isRecord, parseJson, type Json, type JsonObject } from "./json";
import { UnreadableSynthesis } from "./unreadable-synthesis";

/** Name of the file that holds a synthesized stack, in the stack's folder. */
export const STACK_FILE = "cdk.tf.json";

/** A resource or data source, as synthesized. */
export interface SynthesizedResource {
  readonly stack: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** `aws_vpc.Network_Vpc_FAC8F4A5`; that of a data source starts with `data.`. */
  readonly address: string;
  /** Path of the construct: `networking/Endpoints/Zone-sts`; empty where cdktf wrote none. */
  readonly constructPath: string;
  readonly body: JsonObject;
}

/** One stack, as cdktf wrote it. */
export interface SynthesizedStack {
  readonly stack: string;
  readonly resources: readonly SynthesizedResource[];
  /** Provider configurations, by the name that resources refer to them with: `aws.lob_a`. */
  readonly providerConfigurations: ReadonlyMap<string, JsonObject>;
  /** Version constraints of the providers that it needs, by the providers' local names: `aws`. */
  readonly requiredProviders: ReadonlyMap<string, { readonly source: string; readonly version: string }>;
  /** The whole file. */
  readonly json: JsonObject;
}

/** Folder of a stack in cdktf's output folder, in which Terraform runs. */
export function stackFolder(outdir: string, stack: string): string {
  return join(outdir, "stacks", stack);
}

/**
 * Reads a stack from cdktf's output folder.
 *
 * @throws {UnreadableSynthesis}
 */
export async function synthesizedStack(outdir: string, stack: string): Promise<SynthesizedStack> {
  const file = join(stackFolder(outdir, stack), STACK_FILE);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UnreadableSynthesis(file, UnreadableSynthesis.causeOf(error));
  });
  return readSynthesizedStack(stack, text, file);
}

/**
 * The stack in the text of a `cdk.tf.json`.
 *
 * @param file for messages
 * @throws {UnreadableSynthesis}
 */
export function readSynthesizedStack(
  stack: string,
  text: string,
  file = join(stack, STACK_FILE),
): SynthesizedStack {
  const json = readStackJson(text, file);
  return {
    stack,
    json,
    resources: [
      ...resourcesIn(stack, "managed", json["resource"], file),
      ...resourcesIn(stack, "data", json["data"], file),
    ],
    providerConfigurations: providerConfigurationsIn(json["provider"], file),
    requiredProviders: requiredProvidersIn(json, file),
  };
}

/**
 * The JSON object in the text of a `cdk.tf.json`, with any content, for callers that do not trust that cdktf wrote the
 * file.
 *
 * @throws {UnreadableSynthesis}
 */
export function readStackJson(text: string, file: string): JsonObject {
  const json = parseJson(text, () => new UnreadableSynthesis(file, "it is not JSON"));
  if (!isJsonObject(json)) throw new UnreadableSynthesis(file, "it is no JSON object");
  return json;
}

/**
 * The cdktf construct behind a resource of a stack: `lob-a/Network/Vpc`. Only the synthesized stack holds it, below
 * `//`; Terraform leaves it out of its plans.
 *
 * @param synthesized the stack's `cdk.tf.json`, parsed
 */
export function constructPathOf(
  synthesized: unknown,
  { mode, type, name }: Pick<SynthesizedResource, "mode" | "type" | "name">,
): string | undefined {
  return pathOf(valueAt(synthesized, [mode === "data" ? "data" : "resource", type, name]));
}

/** The metadata that cdktf writes into a block, below `//`. */
function pathOf(body: unknown): string | undefined {
  const path = valueAt(body, ["//", "metadata", "path"]);
  return typeof path === "string" ? path : undefined;
}

function valueAt(root: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    root,
  );
}

function resourcesIn(
  stack: string,
  mode: "managed" | "data",
  block: Json | undefined,
  file: string,
): readonly SynthesizedResource[] {
  const kind = mode === "data" ? "data" : "resource";
  return entriesOf(block, kind, file).flatMap(([type, byName]) =>
    entriesOf(byName, `${kind}.${type}`, file).map(([name, body]) => {
      if (!isJsonObject(body))
        throw new UnreadableSynthesis(file, `${kind}.${type}.${name} is no JSON object`);
      const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
      return { stack, mode, type, name, address, constructPath: pathOf(body) ?? "", body };
    }),
  );
}

/** cdktf writes a list of configurations for each provider; those without an alias go by the provider's name. */
function providerConfigurationsIn(block: Json | undefined, file: string): ReadonlyMap<string, JsonObject> {
  return new Map(
    entriesOf(block, "provider", file).flatMap(([provider, configurations]) => {
      if (!Array.isArray(configurations) || !configurations.every(isJsonObject))
        throw new UnreadableSynthesis(file, `provider.${provider} is no list of configurations`);
      return configurations.map((configuration): [string, JsonObject] => {
        const { alias } = configuration;
        return [typeof alias === "string" ? `${provider}.${alias}` : provider, configuration];
      });
    }),
  );
}

function requiredProvidersIn(json: JsonObject, file: string): SynthesizedStack["requiredProviders"] {
  const settings = new Map(entriesOf(json["terraform"], "terraform", file));
  const place = "terraform.required_providers";
  return new Map(
    entriesOf(settings.get("required_providers"), place, file).map(([provider, needs]) => {
      const { source, version } = isJsonObject(needs) ? needs : {};
      if (typeof source !== "string" || typeof version !== "string")
        throw new UnreadableSynthesis(file, `${place}.${provider} does not say its source and version`);
      return [provider, { source, version }];
    }),
  );
}

function entriesOf(block: Json | undefined, place: string, file: string): readonly [string, Json][] {
  if (block === undefined) return [];
  if (!isJsonObject(block)) throw new UnreadableSynthesis(file, `${place} is no JSON object`);
  return Object.entries(block);
}
