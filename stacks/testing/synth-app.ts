import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { TerraformStack } from "cdktf";

import { loadConfig, type Config } from "@studio-access/config";

import { buildApp } from "../app";
import { quickenSynth } from "../quick-synth";

quickenSynth();

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A resource or data source, as synthesized. */
export interface SynthesizedResource {
  readonly stack: string;
  /** `aws_vpc.Network_Vpc_FAC8F4A5`; data sources start with `data.`. */
  readonly address: string;
  readonly type: string;
  /** Path of the construct: `networking/Network/Vpc`. */
  readonly path: string;
  readonly body: JsonObject;
}

/** One stack's `cdk.tf.json`. */
export interface SynthesizedStack {
  readonly name: string;
  readonly json: JsonObject;
  /** The file's very bytes. */
  readonly text: string;
  readonly resources: readonly SynthesizedResource[];
}

/** The committed example that the laws are checked on, without the simulator, which has laws of its own. */
export function localConfig(): Config {
  return { ...loadConfig(resolve(__dirname, "../../config/local.json")), onPremise: null };
}

/** The stacks by name, in the order of the app. */
export type SynthesizedApp = ReadonlyMap<string, SynthesizedStack>;

const synthesized = new Map<string, SynthesizedApp>();

/** The whole app, synthesized as the command line does: guards that fail synth fail here too. Once per config and file. */
export function synthApp(config: Config): SynthesizedApp {
  const key = JSON.stringify(config);
  const found = synthesized.get(key) ?? synthesize(config);
  synthesized.set(key, found);
  return found;
}

function synthesize(config: Config): SynthesizedApp {
  const outdir = mkdtempSync(join(tmpdir(), "studio-access-synth-"));
  try {
    const app = buildApp(config, { outdir });
    app.synth();
    const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
    return new Map(stacks.map(({ node }) => [node.id, readStack(outdir, node.id)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function readStack(outdir: string, name: string): SynthesizedStack {
  const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
  const json = parse(text);
  const resources = [
    ...flatten(name, "", object(json["resource"] ?? {})),
    ...flatten(name, "data.", object(json["data"] ?? {})),
  ];
  return { name, json, text, resources };
}

function flatten(stack: string, prefix: string, byType: JsonObject): SynthesizedResource[] {
  return Object.entries(byType).flatMap(([type, byName]) =>
    Object.entries(object(byName)).map(([name, value]) => {
      const body = object(value);
      const metadata = object(object(body["//"] ?? {})["metadata"] ?? {});
      const path = metadata["path"];
      return {
        stack,
        type,
        address: `${prefix}${type}.${name}`,
        path: typeof path === "string" ? path : "",
        body,
      };
    }),
  );
}

function parse(text: string): JsonObject {
  return object(JSON.parse(text) as Json);
}

/** @throws {TypeError} when the value is no JSON object */
export function object(value: Json | undefined): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`expected a JSON object, found ${JSON.stringify(value)}`);
  }
  return value as JsonObject;
}

/** Every resource and data source of every stack. */
export function allResources(stacks: SynthesizedApp): readonly SynthesizedResource[] {
  return [...stacks.values()].flatMap(({ resources }) => resources);
}

/** An attribute that is a string; empty when it is absent or something else. */
export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
