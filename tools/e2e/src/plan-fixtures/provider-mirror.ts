import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AWS_PROVIDER_VERSIONS } from "@studio-access/config";
import { providerInstallation } from "@studio-access/terraform-cli";

const USED = "registry.terraform.io/hashicorp/aws";

/**
 * Makes a provider mirror with this machine's AWS provider and two copies of it: one as a version that the stacks' version
 * constraint excludes, and one as another publisher's provider. So real plans with both can be recorded.
 *
 * @throws {Error} when this machine has no mirror
 */
export async function mirrorWithMore(folder: string): Promise<void> {
  const installation = await providerInstallation({ constraint: AWS_PROVIDER_VERSIONS });
  if (installation.kind !== "mirror")
    throw new Error(
      "Recording needs a mirror of the AWS provider on this machine: `terraform providers mirror FOLDER`, then STUDIO_ACCESS_PROVIDER_MIRROR=FOLDER.",
    );
  const [version = ""] = installation.versions;
  await rm(folder, { recursive: true, force: true });
  const places = [`${USED}/${version}`, `${USED}/7.0.0`, `registry.terraform.io/example/aws/${version}`];
  for (const platform of await readdir(join(installation.path, USED, version)))
    for (const place of places) {
      const link = join(folder, place, platform);
      await mkdir(dirname(link), { recursive: true });
      await symlink(join(installation.path, USED, version, platform), link);
    }
}
