import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildResult } from "esbuild";
import type { FunctionDefinition } from "./functions";
import { inline } from "./inline";
import { narrow } from "./narrow";
import { writeIfChanged } from "./write";
import { zipOf } from "./zip";

export interface BundleOptions extends FunctionDefinition {
  /** Root of the checkout. */
  readonly root: string;
  /** Output folder; by default the function's own `dist` folder. */
  readonly outDir?: string;
}

/** A written bundle: `index.mjs`, `index.mjs.map`, and `function.zip`, which holds only `index.mjs`. */
export interface BundledFunction {
  readonly name: string;
  readonly zipPath: string;
  readonly zipBytes: number;
  readonly codePath: string;
  readonly codeBytes: number;
  /** Source files of the bundle, relative to the root. */
  readonly inputs: readonly string[];
  /** Whether any file was written. */
  readonly changed: boolean;
}

const ENTRY = "index.mjs";

/** Gives the bundle a `require`, see {@link FunctionDefinition.callsRequire}. */
const REQUIRE_BANNER =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

interface Output {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly inputs: readonly string[];
  readonly callsRequire: boolean;
}

function outputOf(
  root: string,
  result: BuildResult<{ write: false; metafile: true }>,
  inlined: ReadonlySet<string>,
): Output {
  const files = result.outputFiles.map(({ path, contents }) => [
    path.endsWith(".map") ? `${ENTRY}.map` : ENTRY,
    Buffer.from(contents),
  ]);
  const outputs = Object.values(result.metafile.outputs);
  return {
    files: Object.fromEntries(files) as Record<string, Buffer>,
    // esbuild also lists what its plugins made, which is no file.
    inputs: [...Object.keys(result.metafile.inputs), ...inlined].filter((input) =>
      existsSync(join(root, input)),
    ),
    callsRequire: outputs.some(({ imports }) => imports.some(({ kind }) => kind === "require-call")),
  };
}

async function compile({ root, name, narrowed, callsRequire }: BundleOptions): Promise<Output> {
  const inlined = new Set<string>();
  const result = await build({
    // Paths in the output are relative to this folder, so they do not depend on the checkout's path.
    absWorkingDir: root,
    entryPoints: [`packages/${name}/src/index.ts`],
    outfile: `packages/${name}/dist/${ENTRY}`,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    // ES modules first, since esbuild can remove unused code only from them.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: "external",
    legalComments: "none",
    banner: callsRequire ? { js: REQUIRE_BANNER } : {},
    plugins: [narrow(narrowed), inline(root, inlined)],
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  return outputOf(root, result, inlined);
}

/**
 * Bundles one function with everything that it imports, including the AWS SDK, and zips it. The same sources give the same
 * bytes in every checkout.
 *
 * @throws {Error} when it does not compile, or differs from its definition
 */
export async function bundleFunction(options: BundleOptions): Promise<BundledFunction> {
  const { name, root, limitBytes, callsRequire } = options;
  const output = await compile(options);
  if (output.callsRequire !== callsRequire) throw new Error(`${name}: callsRequire must be ${!callsRequire}`);
  const code = output.files[ENTRY] ?? Buffer.alloc(0);
  if (code.length > limitBytes) throw new Error(`${name}: ${code.length} bytes, more than its ${limitBytes}`);

  const outDir = options.outDir ?? join(root, "packages", name, "dist");
  const zip = await zipOf({ [ENTRY]: code });
  const files = { ...output.files, "function.zip": zip };
  const written = await Promise.all(
    Object.entries(files).map(([file, contents]) => writeIfChanged(join(outDir, file), contents)),
  );
  return {
    name,
    zipPath: join(outDir, "function.zip"),
    zipBytes: zip.length,
    codePath: join(outDir, ENTRY),
    codeBytes: code.length,
    inputs: output.inputs,
    changed: written.includes(true),
  };
}
