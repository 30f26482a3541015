import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stacksOf, type Config } from "@studio-access/config";
import { TerraformStack } from "cdktf";

import { buildApp } from "./app";
import { ciConfig } from "./testing/ci-config";
import { localConfig } from "./testing/synth-app";

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** Stacks of the app in its order, each with those that it reads, as cdktf writes them. */
function synthesized(config: Config): readonly (readonly [string, readonly string[]])[] {
  const outdir = mkdtempSync(join(tmpdir(), "studio-access-stacks-"));
  try {
    const app = buildApp(config, { outdir });
    app.synth();
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest;
    const names = app.node.children
      .filter((child) => TerraformStack.isStack(child))
      .map(({ node }) => node.id);
    expect(Object.keys(stacks).sort()).toEqual([...names].sort());
    return names.map((name) => [name, [...(stacks[name]?.dependencies ?? [])].sort()]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe("the stacks that a config leads to", () => {
  it.each<[string, Config]>([
    ["the committed example", localConfig()],
    ["a simulator", { ...localConfig(), onPremise: { cidr: "192.168.10.0/24" } }],
    ["workflows and a bucket for the state", ciConfig()],
    ["all of it", { ...ciConfig(), onPremise: { cidr: "192.168.10.0/24" } }],
  ])("are those of the app, in its order and with what they read: %s", (_what, config) => {
    expect(synthesized(config)).toEqual(
      stacksOf(config).map(({ name, dependencies }) => [name, [...dependencies].sort()]),
    );
  });
});
