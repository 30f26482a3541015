import { arch, platform } from "node:os";

const SYSTEMS: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin" };
const MACHINES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * This machine in HashiCorp's words, e.g. `linux_amd64`: part of the names of Terraform's and its providers' files.
 *
 * @throws on a machine that Studio Access does not run on; on Windows it runs in WSL, which counts as Linux
 */
export function terraformPlatform(system: string = platform(), machine: string = arch()): string {
  const os = SYSTEMS[system];
  const architecture = MACHINES[machine];
  if (os === undefined || architecture === undefined) {
    throw new Error(
      `Studio Access runs on Linux and macOS, on x64 and arm64 (on Windows: in WSL), not on ${system} ${machine}`,
    );
  }
  return `${os}_${architecture}`;
}
