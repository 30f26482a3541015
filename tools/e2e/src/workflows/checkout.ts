import { cpSync, symlinkSync } from "node:fs";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { checkoutRoot } from "@studio-access/terraform-cli";

/** Folders that are not copied. */
const NOT_KEPT = new Set([".git", "node_modules", ".studio-access", "cdktf.out", "dist"]);

/** Scope under which npm links the packages of the checkout itself. */
const OWN_SCOPE = "@studio-access";
/** npm's record of the installed packages. */
const LOCKFILE = ".package-lock.json";

/**
 * Copies this checkout into an empty folder, as after `actions/checkout` and `npm ci`. The npm packages are links to this
 * checkout's, but the workspaces' packages are the copy's own.
 *
 * @param files additional or replaced files: content by path from the root
 */
export async function checkOut(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const root = checkoutRoot();
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(root)) {
    if (NOT_KEPT.has(name)) continue;
    // Takes a third of the CPU time of the asynchronous copy of so many files.
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (from, to) => {
        if (basename(from) === "node_modules") symlinkSync(from, to);
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
  // The workspaces' packages are links relative to their checkout.
  await cp(join(from, OWN_SCOPE), join(to, OWN_SCOPE), { recursive: true, verbatimSymlinks: true });
  // Written again for a new modification time: with an older one, the first command would install everything again.
  await writeFile(join(to, LOCKFILE), await readFile(join(from, LOCKFILE)));
}
