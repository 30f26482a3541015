import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { TESTED_AWS_PROVIDER } from "@studio-access/config";
import { prepareTerraform } from "@studio-access/terraform-cli";

import { TABLE } from "../closed-world/table";
import { SAMPLE_FOLDER } from "./sample";

/** The kind of each attribute (`string`, `bool`, `number`, `list`, `set`, `map`), by resource type and path. */
export type ProviderSchema = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const SCHEMA_FILE = join(SAMPLE_FOLDER, "provider-schema.json");

/** The types of the table as the tested version of the AWS provider describes them, recorded by `record-schema.ts`. */
export function providerSchema(): ProviderSchema {
  return JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as ProviderSchema;
}

type TypeJson = string | readonly [string, TypeJson | Readonly<Record<string, TypeJson>>];
interface BlockJson {
  readonly attributes?: Readonly<
    Record<string, { readonly type?: TypeJson; readonly nested_type?: BlockJson }>
  >;
  readonly block_types?: Readonly<Record<string, { readonly block: BlockJson }>>;
}
interface SchemaJson {
  readonly provider_schemas: Readonly<
    Record<string, { readonly resource_schemas?: Readonly<Record<string, { readonly block: BlockJson }>> }>
  >;
}

/** Asks the provider itself, which takes half a minute: `terraform providers schema`. */
export async function askProvider(): Promise<ProviderSchema> {
  const directory = await mkdtemp(join(tmpdir(), "provider-schema-"));
  try {
    const { terraform, environment } = await prepareTerraform({
      directory,
      noInstall: false,
      announce: () => undefined,
    });
    const aws = { source: "hashicorp/aws", version: TESTED_AWS_PROVIDER };
    const main = { terraform: { required_providers: { aws } }, resource: { terraform_data: { any: {} } } };
    await writeFile(join(directory, "main.tf.json"), JSON.stringify(main));
    const options = { cwd: directory, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
    const run = promisify(execFile);
    await run(terraform, ["init", "-backend=false", "-input=false"], options);
    const { stdout } = await run(terraform, ["providers", "schema", "-json"], options);
    return tableTypes(JSON.parse(stdout) as SchemaJson);
  } finally {
    await rm(directory, { recursive: true });
  }
}

function tableTypes({ provider_schemas: providers }: SchemaJson): ProviderSchema {
  const all = Object.assign(
    {},
    ...Object.values(providers).map((each) => each.resource_schemas ?? {}),
  ) as Record<string, { readonly block: BlockJson }>;
  const types = Object.keys(TABLE).sort();
  return Object.fromEntries(
    types.flatMap((type) => {
      const block = all[type]?.block;
      return block === undefined ? [] : [[type, Object.fromEntries(pathsOf(block, ""))]];
    }),
  );
}

function pathsOf({ attributes = {}, block_types: blocks = {} }: BlockJson, at: string): [string, string][] {
  return [
    ...Object.entries(attributes).flatMap(([name, { type, nested_type: nested }]) =>
      nested === undefined ? pathsOfType(type ?? "string", `${at}${name}`) : pathsOf(nested, `${at}${name}.`),
    ),
    ...Object.entries(blocks).flatMap(([name, { block }]) => pathsOf(block, `${at}${name}.`)),
  ];
}

/** A list of objects has the paths of the objects; any other list, set or map is one value. */
function pathsOfType(type: TypeJson, path: string): [string, string][] {
  if (typeof type === "string") return [[path, type]];
  const [kind, of] = type;
  if (kind === "object")
    return Object.entries(of as Readonly<Record<string, TypeJson>>).flatMap(([name, each]) =>
      pathsOfType(each, `${path}.${name}`),
    );
  return typeof of !== "string" && Array.isArray(of) && of[0] === "object"
    ? pathsOfType(of as TypeJson, path)
    : [[path, kind]];
}
