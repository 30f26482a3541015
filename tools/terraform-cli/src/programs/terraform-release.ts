import { chmod, mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DownloadFailed, downloadBytes, downloadFile, downloadText, shownUrl } from "./download";
import { HASHICORP_KEY_ID, requireSignature } from "./release-signature";
import { withStaging } from "./staging";
import { unpackEntry } from "./zip-entry";

/** Base URL of HashiCorp's releases; mirrors have the same paths. */
export const TERRAFORM_RELEASES = new URL("https://releases.hashicorp.com");

export interface TerraformRelease {
  /** e.g. `1.11.4` */
  readonly version: string;
  /** e.g. `linux_amd64` */
  readonly platform: string;
  /** Base URL, see TERRAFORM_RELEASES. */
  readonly releases: URL;
}

export interface InstallTerraformOptions {
  /** Public key that must have signed the checksums, armored. */
  readonly signingKey: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** URL of a release's archive. */
export function archiveUrl(release: TerraformRelease): URL {
  return fileUrl(release, `${release.platform}.zip`);
}

/**
 * Installs a release's `terraform` at the given path: downloads it, checks the signed SHA-256 before anything is unpacked,
 * and moves it there with one rename. Two installations at the same time do not disturb each other.
 *
 * @throws {DownloadFailed} when it cannot be fetched, or does not match the signature; the target is then unchanged
 */
export async function installTerraformRelease(
  release: TerraformRelease,
  target: string,
  options: InstallTerraformOptions,
): Promise<void> {
  const url = archiveUrl(release);
  await withStaging(dirname(dirname(target)), async (staging) => {
    const checksums = await signedChecksums(release, options);
    const archive = join(staging, "archive.zip");
    const actual = await downloadFile(url, archive, options);
    const expected = publishedChecksum(checksums, url);
    if (actual !== expected) {
      throw new DownloadFailed(
        `${shownUrl(url)} has SHA-256 ${actual}, but its SHA256SUMS says ${expected}: it was damaged or replaced, and was thrown away`,
      );
    }
    const program = join(staging, "terraform");
    await unpackEntry(archive, "terraform", program).catch((error: unknown) => {
      throw new DownloadFailed(`${shownUrl(url)} cannot be unpacked: ${messageOf(error)}`, { cause: error });
    });
    await chmod(program, 0o755);
    options.signal?.throwIfAborted();
    await mkdir(dirname(target), { recursive: true });
    await rename(program, target);
  });
}

async function signedChecksums(release: TerraformRelease, options: InstallTerraformOptions): Promise<string> {
  const url = fileUrl(release, "SHA256SUMS");
  const checksums = await downloadText(url, options);
  const signature = await downloadBytes(fileUrl(release, `SHA256SUMS.${HASHICORP_KEY_ID}.sig`), options);
  await requireSignature(checksums, signature, options.signingKey).catch((error: unknown) => {
    throw new DownloadFailed(
      `${shownUrl(url)} is not signed by HashiCorp (${messageOf(error)}): it was damaged or replaced, and was thrown away`,
      { cause: error },
    );
  });
  return checksums;
}

function fileUrl({ releases, version }: TerraformRelease, ending: string): URL {
  const url = new URL(releases);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/terraform/${version}/terraform_${version}_${ending}`;
  return url;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Parses SHA256SUMS, whose lines hold 64 hex digits, two blanks and the file's name. */
function publishedChecksum(checksums: string, url: URL): string {
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  for (const line of checksums.split("\n")) {
    const [digest, file] = line.trim().split(/\s+/);
    if (file === name && digest !== undefined && /^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase();
  }
  throw new DownloadFailed(`the SHA256SUMS beside ${shownUrl(url)} do not list ${name}`);
}
