import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { TerraformStack } from "cdktf";

import { loadConfig, type Config } from "@studio-access/config";
import {
  readSynthesizedStack,
  STACK_FILE,
  stackFolder,
  type Json,
  type JsonObject,
} from "@studio-access/terraform";

import { buildApp } from "../app";
import { quickenSynth } from "../quick-synth";

quickenSynth();

export type { Json, JsonObject };

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
  const text = readFileSync(join(stackFolder(outdir, name), STACK_FILE), "utf8");
  const { json, resources } = readSynthesizedStack(name, text);
  return {
    name,
    json,
    text,
    resources: resources.map(({ constructPath: path, ...resource }) => ({ ...resource, path })),
  };
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
