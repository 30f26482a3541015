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
      /** The mirror's folder: the one that holds `registry.terraform.io`. */
      readonly path: string;
      /** Versions of the AWS provider in it that will do, newest first. */
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
  /** Folders in which `registry.terraform.io` may stand, or a folder with it. Default: the usual places. */
  readonly places?: readonly string[];
}

/** `STUDIO_ACCESS_PROVIDER_MIRROR` names a folder that will not do. */
export class UnusableMirror extends Error {
  override readonly name = "UnusableMirror";
}

/**
 * Looks for a filesystem mirror with an AWS provider that will do; the registry where there is none. Terraform's own implied
 * mirrors count before others. Only lists folders: nothing is run, and no tree is walked.
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
 * Folders that Terraform takes for mirrors by itself.
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

/** The place itself and the folders in it, as far as `registry.terraform.io` stands in them. */
async function mirrorsIn(place: string): Promise<string[]> {
  const folders = [place, ...(await list(place)).map((name) => join(place, name))];
  const holds = await Promise.all(folders.map((folder) => list(join(folder, "registry.terraform.io"))));
  return folders.filter((_, index) => holds[index]?.length);
}
