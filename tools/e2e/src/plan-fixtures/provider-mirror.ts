import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AWS_PROVIDER_VERSIONS } from "@studio-access/config";
import { providerInstallation } from "@studio-access/terraform-cli";

const USED = "registry.terraform.io/hashicorp/aws";

/**
 * A provider mirror with the AWS provider of this machine, and the same program under two more names: as a version that
 * the stacks do not admit, and as another maker's provider. So both can be planned with for real.
 *
 * @throws {Error} where this machine has no mirror
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
