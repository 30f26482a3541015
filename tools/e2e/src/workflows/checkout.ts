import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { checkoutRoot } from "@studio-access/terraform-cli";

/** What git does not keep. */
const NOT_KEPT = new Set([".git", "node_modules", ".studio-access", "cdktf.out", "dist"]);

/** Scope under which npm links the packages of the checkout itself. */
const OWN_SCOPE = "@studio-access";
/** By which npm knows what is installed. */
const LOCKFILE = ".package-lock.json";

/**
 * A copy of this checkout in an empty folder, as `actions/checkout` and `npm ci` leave it: the npm packages are those of
 * this checkout, but the project's own are the copy's.
 *
 * @param files more files, or other content, by path from the root
 */
export async function checkOut(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const root = checkoutRoot();
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(root)) {
    if (NOT_KEPT.has(name)) continue;
    await cp(join(root, name), join(folder, name), {
      recursive: true,
      filter: async (from, to) => {
        if (basename(from) === "node_modules") await symlink(from, to);
        return !NOT_KEPT.has(basename(from));
      },
    });
  }
  await linkPackages(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) {
    if ([OWN_SCOPE, LOCKFILE, ".cache"].includes(name)) continue;
    await symlink(join(from, name), join(to, name));
  }
  // They are links relative to the checkout that they are in.
  await cp(join(from, OWN_SCOPE), join(to, OWN_SCOPE), { recursive: true, verbatimSymlinks: true });
  // Written anew: older than the checkout's own, it would have the first command install everything again.
  await writeFile(join(to, LOCKFILE), await readFile(join(from, LOCKFILE)));
}
