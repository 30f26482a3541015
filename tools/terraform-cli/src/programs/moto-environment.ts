import { mkdir, mkdtemp, realpath, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Environment } from "../console/options";
import { runLogged } from "../processes/processes";
import { isProgram } from "./program";

/** The moto that we install, and that the local AWS is tested with. */
export const MOTO_VERSION = "5.2.1";
export const MOTO_REQUIREMENT = `moto[server]==${MOTO_VERSION}`;

export interface InstallMotoOptions {
  /** Interpreter to make the environment with. */
  readonly python: string;
  /** Folder of all moto environments. */
  readonly folder: string;
  /** Takes what venv and pip print. */
  readonly logFile: string;
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** Path of the `moto_server` that was installed before; undefined where none was, or not to its end. */
export async function installedMoto(folder: string): Promise<string | undefined> {
  const environment = await realpath(linkIn(folder)).catch(() => undefined);
  if (environment === undefined) return undefined;
  const program = join(environment, "bin", "moto_server");
  return (await isProgram(program)) ? program : undefined;
}

/**
 * Makes a virtual environment with moto in it. A virtual environment cannot be moved, so each is made in a folder of its own,
 * and a link of a fixed name is put on it when it is complete: what was interrupted is never found, and two at once do not
 * disturb each other.
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
  // pip cannot install for the user and into an environment at once.
  const run = { logFile, env: { ...options.env, PIP_USER: "0" }, ...(signal && { signal }) };

  const made = await runLogged(python, ["-I", "-m", "venv", environment], run);
  if (made.code !== 0) {
    return `${python} -m venv failed (on Debian and Ubuntu, install python3-venv); its output is in ${logFile}`;
  }
  const pip = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", MOTO_REQUIREMENT];
  const installed = await runLogged(join(environment, "bin", "python"), pip, run);
  // Its output may name private package indexes, so it stays in the log.
  if (installed.code !== 0) return `pip install ${MOTO_REQUIREMENT} failed; its output is in ${logFile}`;
  return undefined;
}

function linkIn(folder: string): string {
  return join(folder, MOTO_VERSION);
}
