import { platform as operatingSystem } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type Environment, environmentOf, homeFolder, setting } from "../console/options";
import { terraformPlatform } from "./platform";
import { list, mirroredVersions } from "./provider-mirror";
import { matchingVersions } from "./version-constraint";

/** Where Terraform gets the AWS provider from. */
export type ProviderInstallation =
  | {
      readonly kind: "mirror";
      /** The mirror's folder, which contains `registry.terraform.io`. */
      readonly path: string;
      /** The mirror's versions of the AWS provider that match the constraint, newest first. */
      readonly versions: readonly string[];
    }
  | { readonly kind: "registry" };

export interface ProviderInstallationOptions {
  /** Terraform version constraint of the AWS provider, e.g. `>= 5.100.0, < 7.0.0`. */
  readonly constraint: string;
  /** Default: the environment of this process. */
  readonly env?: Environment;
  /** Default: this machine's, e.g. `linux_amd64`. */
  readonly platform?: string;
  /** Folders that are searched for `registry.terraform.io`, directly and one level below. Default: the usual places. */
  readonly places?: readonly string[];
}

/** `STUDIO_ACCESS_PROVIDER_MIRROR` names a folder without a matching provider. */
export class UnusableMirror extends Error {
  override readonly name = "UnusableMirror";
}

/**
 * Looks for a filesystem mirror with a matching AWS provider; without one, Terraform uses the registry. Terraform's implied
 * mirrors are used before others. The search only lists folders: it runs nothing and does not descend into trees.
 *
 * @throws {UnusableMirror}
 */
export async function providerInstallation(
  options: ProviderInstallationOptions,
): Promise<ProviderInstallation> {
  const env = environmentOf(options);
  const { constraint, platform = terraformPlatform() } = options;
  const set = setting(env, "STUDIO_ACCESS_PROVIDER_MIRROR");
  if (set !== undefined) return mirrorOf(resolve(set), constraint, platform);

  const places = options.places ?? ["/opt", "/usr/local/share", homeFolder(env)];
  const nearby = await Promise.all(places.map(mirrorsIn));
  for (const path of [...impliedMirrors(env), ...nearby.flat()]) {
    const versions = matchingVersions(await mirroredVersions(path, platform), constraint);
    if (versions.length > 0) return { kind: "mirror", path, versions };
  }
  return { kind: "registry" };
}

async function mirrorOf(path: string, constraint: string, platform: string): Promise<ProviderInstallation> {
  const all = await mirroredVersions(path, platform);
  const versions = matchingVersions(all, constraint);
  if (versions.length > 0) return { kind: "mirror", path, versions };
  const holds = all.length === 0 ? "no AWS provider" : `the AWS provider only in ${all.join(", ")}`;
  throw new UnusableMirror(
    `STUDIO_ACCESS_PROVIDER_MIRROR (${path}) holds ${holds} for ${platform}; needed is hashicorp/aws ${constraint} below its folder registry.terraform.io`,
  );
}

/**
 * Terraform's implied local mirror directories.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirrors(env: Environment, system: string = operatingSystem()): string[] {
  const home = homeFolder(env);
  const first = join(home, ".terraform.d", "plugins");
  if (system === "darwin") {
    const support = join("/Library", "Application Support", "io.terraform", "plugins");
    return [first, join(home, support), support];
  }
  const data = setting(env, "XDG_DATA_HOME") ?? join(home, ".local", "share");
  const more = (setting(env, "XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share").split(":");
  return [first, ...[data, ...more].filter(isAbsolute).map((folder) => join(folder, "terraform", "plugins"))];
}

/** The place itself and the folders in it that contain `registry.terraform.io`. */
async function mirrorsIn(place: string): Promise<string[]> {
  const folders = [place, ...(await list(place)).map((name) => join(place, name))];
  const holds = await Promise.all(folders.map((folder) => list(join(folder, "registry.terraform.io"))));
  return folders.filter((_, index) => holds[index]?.length);
}
