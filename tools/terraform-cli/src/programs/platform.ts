import { arch, platform } from "node:os";

const SYSTEMS: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin" };
const MACHINES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * HashiCorp's name for this platform, e.g. `linux_amd64`, which is part of the file names of Terraform and its providers.
 *
 * @throws on an unsupported platform; on Windows, Studio Access runs in WSL, which is Linux
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
