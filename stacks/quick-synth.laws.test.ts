import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Config } from "@studio-access/config";
import { Lazy } from "cdktf";

import { buildApp } from "./app";
import { quickenSynth } from "./quick-synth";
import { withLobs } from "./testing/configs";
import { localConfig } from "./testing/synth-app";

const CHECKOUT = resolve(__dirname, "..");

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "studio-access-quick-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A program in Terraform's place that writes down each call. */
function recordingTerraform(version: string): { readonly program: string; readonly calls: () => string[] } {
  const log = join(directory, "calls");
  const program = join(directory, "terraform");
  writeFileSync(log, "");
  writeFileSync(program, `#!/bin/sh\necho "$*" >> '${log}'\necho 'Terraform v${version}'\n`, { mode: 0o755 });
  return { program, calls: () => readFileSync(log, "utf8").split("\n").filter(Boolean) };
}

/** Synthesizes as `cdktf synth` does, by the app's own command. */
function synthesize(
  config: Config,
  terraform: string,
): { readonly status: number | null; readonly stderr: string } {
  const file = join(directory, "config.json");
  writeFileSync(file, JSON.stringify(config));
  return spawnSync(process.execPath, ["--import", "tsx", "stacks/main.ts"], {
    cwd: CHECKOUT,
    encoding: "utf8",
    env: {
      ...process.env,
      STUDIO_ACCESS_CONFIG: file,
      CDKTF_OUTDIR: join(directory, "out"),
      TERRAFORM_BINARY_NAME: terraform,
    },
  });
}

describe("a synth", () => {
  it("of 100 lines of business asks for Terraform's version once", () => {
    const { program, calls } = recordingTerraform("1.11.4");
    const config = withLobs(100);
    expect(synthesize(config, program)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(directory, "out/stacks"))).toEqual(
      expect.arrayContaining(config.linesOfBusiness.map(({ name }) => name)),
    );
    expect(calls()).toEqual(["version"]);
  });

  it("refuses a Terraform that has no terraform_data, and names the construct that needs it", () => {
    const { status, stderr } = synthesize(localConfig(), recordingTerraform("1.3.9").program);
    expect(status).toBe(1);
    expect(stderr).toMatch(/lob-a\/SignIns\/Password-user-lob-a\].* version 1\.3\.9 is lower than .*>=1\.4/);
  });

  it("shows where an error of ours came from", () => {
    quickenSynth();
    const config = localConfig();
    const zones = [...config.availabilityZoneIds, "euw1-az3"];
    let found: unknown;
    try {
      buildApp({ ...config, availabilityZoneIds: zones }, { outdir: directory });
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(RangeError);
    expect((found as RangeError).stack).toMatch(
      /no private subnet is planned for zone euw1-az3\n\s+at .*subnet-tier\.ts[^]*private-vpc\.ts[^]*networking-stack\.ts[^]*app\.ts/,
    );
  });

  it("says of a token that cannot be resolved why its own trace is missing", () => {
    quickenSynth();
    expect(Reflect.get(Lazy.anyValue({ produce: () => 1 }), "creationStack")).toEqual([
      "(not kept: see stacks/quick-synth.ts)",
    ]);
  });
});
