import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The folder of this checkout: the nearest one above this file that has a `cdktf.json`. */
export function checkoutRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "cdktf.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`no cdktf.json in or above ${from}`);
  }
}

/** The Terraform version that a checkout pins in its `.terraform-version`, e.g. `1.11.4`. */
export async function pinnedTerraformVersion(root: string = checkoutRoot()): Promise<string> {
  const file = join(root, ".terraform-version");
  const version = (await readFile(file, "utf8")).trim();
  // The version becomes part of a URL and of a path. tfenv's keywords such as "latest" pin no version.
  if (!/^\d+\.\d+\.\d+(-[0-9a-z]+)?$/.test(version)) throw new Error(`${file} holds no exact version`);
  return version;
}
