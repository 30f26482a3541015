import { join, resolve } from "node:path";
import { checkoutRoot, pinnedTerraformVersion } from "../checkout";
import { DownloadFailed, shownUrl } from "./download";
import { MissingTool, RUN_AGAIN } from "./missing-tool";
import { cacheFolder, type Environment, environmentOf, setting, type ToolOptions } from "../console/options";
import { terraformPlatform } from "./platform";
import { ask, findOnPath, isProgram } from "./program";
import { hashicorpKey } from "./release-signature";
import {
  archiveUrl,
  installTerraformRelease,
  TERRAFORM_RELEASES,
  type TerraformRelease,
} from "./terraform-release";

export interface TerraformOptions extends ToolOptions {
  /** Checkout whose `.terraform-version` is read. Default: this one. */
  readonly root?: string;
  /** Base URL of the downloads. Default: `STUDIO_ACCESS_TERRAFORM_RELEASES`, else HashiCorp's. */
  readonly releases?: string;
  /** Armored public key that must have signed the release. Default: HashiCorp's. */
  readonly signingKey?: string;
  /** Timeout of each download, in milliseconds. Default: ten minutes. */
  readonly timeoutMs?: number;
}

/** A Terraform of the pinned version. */
export interface Terraform {
  /** Absolute path of the program. */
  readonly path: string;
  readonly version: string;
  readonly origin: "setting" | "path" | "cache" | "download";
  /** Programs that were found but not used, and why: one sentence each. */
  readonly passedOver: readonly string[];
}

const DOWNLOAD_TIMEOUT_MS = 10 * 60 * 1000;

interface Search {
  readonly options: TerraformOptions;
  readonly env: Environment;
  readonly root: string;
  readonly release: TerraformRelease;
  /** Path of the Terraform in the cache, which may not exist yet. */
  readonly cached: string;
  readonly passedOver: string[];
}

/**
 * Finds the Terraform that this checkout pins: of `STUDIO_ACCESS_TERRAFORM`, on PATH, in the cache, or downloaded into it.
 *
 * @throws {MissingTool}
 */
export async function findTerraform(options: TerraformOptions): Promise<Terraform> {
  const search = await startSearch(options);
  const { env, release, cached, passedOver } = search;

  const set = setting(env, "STUDIO_ACCESS_TERRAFORM");
  if (set !== undefined) {
    const path = resolve(set);
    if (await isPinned(search, path, "STUDIO_ACCESS_TERRAFORM")) return found(search, path, "setting");
    throw missing(search, passedOver);
  }
  const onPath = await findOnPath("terraform", env);
  if (onPath === undefined) passedOver.push("there is no terraform on PATH");
  else if (await isPinned(search, onPath, "the terraform on PATH")) return found(search, onPath, "path");

  if ((await isProgram(cached)) && (await isPinned(search, cached, "the terraform in the cache")))
    return found(search, cached, "cache");

  if (options.noInstall === true) throw missing(search, [...passedOver, "installing is switched off"]);
  options.announce(
    `Downloading Terraform ${release.version} from ${shownUrl(archiveUrl(release))} to ${cached} (${passedOver.join("; ")})`,
  );
  await download(search);
  return found(search, cached, "download");
}

async function startSearch(options: TerraformOptions): Promise<Search> {
  const env = environmentOf(options);
  const root = options.root ?? checkoutRoot();
  const version = await pinnedTerraformVersion(root);
  const releases =
    options.releases ?? setting(env, "STUDIO_ACCESS_TERRAFORM_RELEASES") ?? TERRAFORM_RELEASES.href;
  if (!URL.canParse(releases)) throw new Error("STUDIO_ACCESS_TERRAFORM_RELEASES is not a URL");
  return {
    options,
    env,
    root,
    release: { version, platform: terraformPlatform(), releases: new URL(releases) },
    cached: join(cacheFolder(env), "terraform", version, "terraform"),
    passedOver: [],
  };
}

async function download(search: Search): Promise<void> {
  const { options, release, cached, passedOver } = search;
  const { timeoutMs = DOWNLOAD_TIMEOUT_MS, signal } = options;
  const signingKey = options.signingKey ?? (await hashicorpKey());
  try {
    await installTerraformRelease(release, cached, { signingKey, timeoutMs, signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof DownloadFailed)) throw error;
    throw missing(search, [...passedOver, error.message], error);
  }
  if (!(await isPinned(search, cached, "the downloaded terraform"))) throw missing(search, passedOver);
}

/** Runs it in the checkout, since version managers such as tfenv read `.terraform-version` there. */
async function isPinned(search: Search, path: string, what: string): Promise<boolean> {
  const env = { ...search.env, CHECKPOINT_DISABLE: "1" };
  const answer = await ask(path, ["version", "-json"], { env, cwd: search.root });
  const version = answer === undefined ? undefined : versionIn(answer);
  if (version === search.release.version) return true;
  const state =
    version === undefined ? "does not run" : `is version ${version}, not ${search.release.version}`;
  search.passedOver.push(`${what} (${path}) ${state}`);
  return false;
}

function versionIn(answer: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(answer) as { terraform_version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function found({ release, passedOver }: Search, path: string, origin: Terraform["origin"]): Terraform {
  return { path, version: release.version, origin, passedOver };
}

function missing({ release }: Search, why: readonly string[], cause?: Error): MissingTool {
  const official = archiveUrl({ ...release, releases: TERRAFORM_RELEASES });
  return new MissingTool(
    `Terraform ${release.version}`,
    why.join("; "),
    [
      RUN_AGAIN,
      `download ${official.href}, and put the \`terraform\` in it on PATH`,
      `point STUDIO_ACCESS_TERRAFORM at a Terraform ${release.version}`,
    ],
    { cause },
  );
}
