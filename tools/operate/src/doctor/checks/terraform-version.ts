import { findTerraform, MissingTool, RUN_AGAIN, type Terraform } from "@studio-access/terraform-cli";

import { fail, ok, warn, type Check, type Finding } from "../finding";

const CHECK = "Terraform";
const INSTALLING_COMMAND = "run `./studio plan`, which downloads it with the network at hand";

/**
 * @param found the pinned Terraform, or why it was not found
 * @param forCdktf `TERRAFORM_BINARY_NAME`: the program that `npx cdktf` runs; `terraform` on PATH when undefined
 */
export function terraformFinding(found: Terraform | MissingTool, forCdktf: string | undefined): Finding {
  if (found instanceof MissingTool)
    return fail(
      CHECK,
      `${found.tool} is missing: ${found.why}`,
      // The doctor itself never installs anything, so running it again would not help.
      found.install.map((way) => (way === RUN_AGAIN ? INSTALLING_COMMAND : way)).join("; or "),
    );
  const { path, version, origin } = found;
  if (origin === "path" || forCdktf === path) return ok(CHECK, `${version} at ${path}`);
  return warn(
    CHECK,
    `${version} at ${path}; our own commands use it, \`npx cdktf\` runs the terraform on PATH`,
    `export TERRAFORM_BINARY_NAME=${path}`,
  );
}

export function terraformCheck(
  root: string,
  find: () => Promise<Terraform> = () => findTerraform({ root, noInstall: true, announce: () => undefined }),
): Check {
  return {
    name: CHECK,
    find: async () => {
      const found = await find().catch((error: unknown) => {
        if (error instanceof MissingTool) return error;
        throw error;
      });
      return [terraformFinding(found, process.env["TERRAFORM_BINARY_NAME"])];
    },
  };
}
