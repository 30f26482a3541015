import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { AWS_PROVIDER_VERSIONS } from "@studio-access/config";
import { prepareTools } from "@studio-access/terraform-cli";

const exec = promisify(execFile);

const ADDRESS = "registry.terraform.io/hashicorp/aws";

/** Installs the AWS provider into a folder as `terraform init` does for a stack. @param folder - does not exist yet */
export async function installedProvider(folder: string): Promise<{
  readonly path: string;
  /** In a mirror, such as `registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64`. */ readonly place: string;
}> {
  await mkdir(folder, { recursive: true });
  const { terraform, environment } = await prepareTools({
    directory: folder,
    noInstall: false,
    announce: (text) => process.stderr.write(`${text}\n`),
  });
  const aws = { source: "hashicorp/aws", version: AWS_PROVIDER_VERSIONS };
  await writeFile(
    join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws } } }),
  );
  await exec(terraform, ["init", "-input=false", "-no-color"], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const providers = join(folder, ".terraform/providers");
  const [version = ""] = await readdir(join(providers, ADDRESS));
  const [platform = ""] = await readdir(join(providers, ADDRESS, version));
  const place = join(ADDRESS, version, platform);
  const names = await readdir(join(providers, place));
  const name = names.find((each) => each.startsWith("terraform-provider-aws")) ?? "";
  return { path: join(providers, place, name), place };
}
