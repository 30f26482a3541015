import { cp, mkdir, readlink, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files beside an input, or above it, that change what a bundler makes of it. */
const SETTINGS = ["package.json", "tsconfig.json", "tsconfig.base.json"];

function settingsOf(root: string, input: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(input); ; folder = dirname(folder)) {
    found.push(...SETTINGS.map((name) => join(folder, name)).filter((file) => existsSync(join(root, file))));
    if (folder === ".") return found;
  }
}

/** Copies the files that a bundle is made of to another root, as a second clone of the repository would have them. */
export async function copyCheckout(root: string, inputs: readonly string[], target: string): Promise<void> {
  const real = inputs.filter((input) => existsSync(join(root, input)));
  // Packages may bring source maps of their own, which go into ours.
  const maps = real.map((input) => `${input}.map`).filter((map) => existsSync(join(root, map)));
  const files = new Set([...maps, ...real.flatMap((input) => [input, ...settingsOf(root, input)])]);
  for (const file of files) await cp(join(root, file), join(target, file));

  // npm links the workspaces' own packages.
  const link = "node_modules/@studio-access/shared-types";
  await mkdir(dirname(join(target, link)), { recursive: true });
  await symlink(await readlink(join(root, link)), join(target, link));
}
