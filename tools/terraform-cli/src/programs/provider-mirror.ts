import { readdir } from "node:fs/promises";
import { join } from "node:path";

const ADDRESS = ["registry.terraform.io", "hashicorp", "aws"] as const;
const PROGRAM = "terraform-provider-aws";

/**
 * Versions of the AWS provider in a filesystem mirror for a platform, in both of Terraform's layouts: unpacked in
 * `VERSION/PLATFORM/`, or packed as `terraform-provider-aws_VERSION_PLATFORM.zip`. Empty when the folder is no mirror.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export async function mirroredVersions(mirror: string, platform: string): Promise<string[]> {
  const folder = join(mirror, ...ADDRESS);
  const found: string[] = [];
  for (const name of await list(folder)) {
    const packed = packedVersion(name, platform);
    if (packed !== undefined) found.push(packed);
    else if (await holdsProgram(join(folder, name, platform))) found.push(name);
  }
  return found;
}

function packedVersion(name: string, platform: string): string | undefined {
  const [prefix, ending] = [`${PROGRAM}_`, `_${platform}.zip`];
  return name.startsWith(prefix) && name.endsWith(ending)
    ? name.slice(prefix.length, -ending.length)
    : undefined;
}

async function holdsProgram(folder: string): Promise<boolean> {
  return (await list(folder)).some((name) => name.startsWith(PROGRAM));
}

/** Names in a folder; empty when it is absent, no folder, or not readable. */
export async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
