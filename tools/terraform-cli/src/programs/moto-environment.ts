import { mkdir, mkdtemp, realpath, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Environment } from "../console/options";
import { runLogged } from "../processes/processes";
import { isProgram } from "./program";

/** The version of moto that is installed here, and that the local AWS is tested with. */
export const MOTO_VERSION = "5.2.1";
export const MOTO_REQUIREMENT = `moto[server]==${MOTO_VERSION}`;

export interface InstallMotoOptions {
  /** Interpreter that creates the virtual environment. */
  readonly python: string;
  /** Folder of all virtual environments with moto. */
  readonly folder: string;
  /** File for the output of venv and pip. */
  readonly logFile: string;
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** Path of the `moto_server` of a complete earlier installation; undefined without one. */
export async function installedMoto(folder: string): Promise<string | undefined> {
  const environment = await realpath(linkIn(folder)).catch(() => undefined);
  if (environment === undefined) return undefined;
  const program = join(environment, "bin", "moto_server");
  return (await isProgram(program)) ? program : undefined;
}

/**
 * Creates a virtual environment with moto. A virtual environment cannot be moved, so each gets a folder of its own, and a
 * link with a fixed name points to it once it is complete. So an interrupted installation is never found, and two
 * installations at the same time do not disturb each other.
 */
export async function installMoto(
  options: InstallMotoOptions,
): Promise<{ readonly path: string } | { readonly failure: string }> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const environment = await mkdtemp(join(folder, `${MOTO_VERSION}-`));
  let complete = false;
  try {
    const failure = await fill(environment, options);
    if (failure !== undefined) return { failure };
    const link = `${environment}.link`;
    await symlink(basename(environment), link);
    await rename(link, linkIn(folder));
    complete = true;
    return { path: join(await realpath(environment), "bin", "moto_server") };
  } finally {
    if (!complete) await rm(environment, { recursive: true, force: true });
  }
}

async function fill(environment: string, options: InstallMotoOptions): Promise<string | undefined> {
  const { python, logFile, signal } = options;
  // pip refuses to install into a virtual environment when PIP_USER is set.
  const run = { logFile, env: { ...options.env, PIP_USER: "0" }, ...(signal && { signal }) };

  const made = await runLogged(python, ["-I", "-m", "venv", environment], run);
  if (made.code !== 0) {
    return `${python} -m venv failed (on Debian and Ubuntu, install python3-venv); its output is in ${logFile}`;
  }
  const pip = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", MOTO_REQUIREMENT];
  const installed = await runLogged(join(environment, "bin", "python"), pip, run);
  // pip's output may name private package indexes, so it stays in the log.
  if (installed.code !== 0) return `pip install ${MOTO_REQUIREMENT} failed; its output is in ${logFile}`;
  return undefined;
}

function linkIn(folder: string): string {
  return join(folder, MOTO_VERSION);
}
