import { cp, mkdir, readlink, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files beside an input, or in a folder above it, that affect the bundler's output. */
const SETTINGS = ["package.json", "tsconfig.json", "tsconfig.base.json"];

function settingsOf(root: string, input: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(input); ; folder = dirname(folder)) {
    found.push(...SETTINGS.map((name) => join(folder, name)).filter((file) => existsSync(join(root, file))));
    if (folder === ".") return found;
  }
}

/** Copies a bundle's source files to another root, like a second clone of the repository. */
export async function copyCheckout(root: string, inputs: readonly string[], target: string): Promise<void> {
  const real = inputs.filter((input) => existsSync(join(root, input)));
  // Packages may have source maps, which become part of the bundle's source map.
  const maps = real.map((input) => `${input}.map`).filter((map) => existsSync(join(root, map)));
  const files = new Set([...maps, ...real.flatMap((input) => [input, ...settingsOf(root, input)])]);
  for (const file of files) await cp(join(root, file), join(target, file));

  // npm installs the workspaces' packages as links.
  const link = "node_modules/@studio-access/shared-types";
  await mkdir(dirname(join(target, link)), { recursive: true });
  await symlink(await readlink(join(root, link)), join(target, link));
}
