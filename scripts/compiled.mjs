import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { ROOT } from "./setup.mjs";

const DIST = join(ROOT, "dist");

/**
 * Compiles a program of this checkout into one file, unless the last one is up to date: hundreds of TypeScript files start
 * three times as fast from one file as one by one. The packages of others stay where they are.
 *
 * @param name - of the compiled file and of its record
 * @param source - TypeScript that imports the program by its path from the checkout's folder
 * @returns the file's path
 */
export async function compiled(name, source) {
  const file = join(DIST, `${name}.cjs`);
  if (isFresh(name, source)) return file;
  const { build } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: source, resolveDir: ROOT, sourcefile: name, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    outfile: file,
    sourcemap: "linked", // For debuggers.
    conditions: ["node"],
    mainFields: ["main", "module"],
    plugins: [packagesStay, foldersStay],
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  mkdirSync(DIST, { recursive: true });
  for (const { path, text } of outputFiles) replace(path, text);
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== name);
  remember(name, [...inputs, file], source);
  return file;
}

/** Whether nothing has changed of what was remembered under this name. */
export function isFresh(name, source = "") {
  try {
    const before = JSON.parse(readFileSync(recordOf(name), "utf8"));
    return (
      before.source === source && Object.entries(before.files).every(([path, was]) => stamp(path) === was)
    );
  } catch {
    return false; // Never made, or a file is gone.
  }
}

/** @param paths - of the files that something was made of, from the checkout's folder */
export function remember(name, paths, source = "") {
  const all = [...paths, "package-lock.json", "tsconfig.base.json", "scripts/compiled.mjs"];
  const files = Object.fromEntries(all.map((path) => [path, stamp(path)]));
  replace(recordOf(name), JSON.stringify({ source, files }));
}

const recordOf = (name) => join(DIST, `${name}.json`);

/** As for `make`, a file that was changed has another time or size. */
function stamp(path) {
  const { mtimeMs, size } = statSync(resolve(ROOT, path));
  return `${mtimeMs} ${size}`;
}

/** Atomic, since a command may start while another one compiles. */
function replace(file, text) {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

const packagesStay = {
  name: "packages-stay",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, pluginData, ...from }) => {
      if (pluginData === packagesStay || path.startsWith("@studio-access/")) return undefined;
      const found = (as) => build.resolve(path, { ...from, kind: as, pluginData: packagesStay });
      const required = kind === "import-statement" ? await found("require-call") : await found(kind);
      // Some packages are ES modules alone.
      const { path: file, errors } = required.errors.length > 0 ? await found(kind) : required;
      // By its file, since a room may have its own version of a package.
      return { path: file, external: true, errors };
    });
  },
};

const foldersStay = {
  name: "folders-stay",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("__dirname")) return undefined;
      return { contents: `const __dirname = ${JSON.stringify(dirname(path))};${text}`, loader: "ts" };
    });
  },
};
