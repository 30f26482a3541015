import { realpath } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { coerce, gte } from "semver";
import { checkoutRoot } from "../checkout";
import { MissingTool } from "./missing-tool";
import { installedMoto, installMoto, MOTO_REQUIREMENT, MOTO_VERSION } from "./moto-environment";
import { cacheFolder, type Environment, environmentOf, setting, type ToolOptions } from "../console/options";
import { findOnPath, isProgram } from "./program";
import { askPython, findPython, OLDEST_PYTHON } from "./python";

export interface MotoOptions extends ToolOptions {
  /** Working folder, by which version managers such as pyenv choose a version. Default: this checkout. */
  readonly root?: string;
  /** File for the output of venv and pip. Default: `install.log` beside the virtual environment. */
  readonly logFile?: string;
}

/** A moto server that can be started. */
export interface Moto {
  /** Absolute path of `moto_server`. */
  readonly path: string;
  /** e.g. `5.2.1`; `unknown` for the program of STUDIO_ACCESS_MOTO, which may be a wrapper without a Python. */
  readonly version: string;
  readonly origin: "setting" | "path" | "cache" | "install";
  /** Programs that were found but not used, and why: one sentence each. */
  readonly passedOver: readonly string[];
}

/** The oldest moto that the local AWS works with. */
const OLDEST_MOTO = "5.1.0";

/** A usable `moto_server`, or why it cannot be used. */
type MotoLookup = { readonly path: string; readonly version: string } | { readonly problem: string };

/**
 * Finds a moto server: of `STUDIO_ACCESS_MOTO`, on PATH, in a virtual environment in the cache, or installed into one there.
 *
 * @throws {MissingTool}
 */
export async function findMoto(options: MotoOptions): Promise<Moto> {
  const env = environmentOf(options);
  const root = options.root ?? checkoutRoot();
  const passedOver: string[] = [];

  const set = setting(env, "STUDIO_ACCESS_MOTO");
  if (set !== undefined) {
    const path = resolve(set);
    if (!(await isProgram(path))) throw missing([`STUDIO_ACCESS_MOTO (${path}) is no program`]);
    return { path, version: "unknown", origin: "setting", passedOver };
  }
  const onPath = await motoOnPath(env, root);
  if ("path" in onPath) return { ...onPath, origin: "path", passedOver };
  passedOver.push(onPath.problem);

  const folder = join(cacheFolder(env), "moto");
  const cached = await installedMoto(folder);
  // With an empty PATH, only the virtual environment's own Python can answer, which shows whether it is complete.
  const inCache =
    cached && (await examine(cached, "the moto_server in the cache", { root, env: { ...env, PATH: "" } }));
  if (inCache && "path" in inCache) return { ...inCache, origin: "cache", passedOver };
  if (inCache) passedOver.push(inCache.problem);

  return { ...(await install(folder, { env, root, options, passedOver })), origin: "install", passedOver };
}

interface Installation {
  readonly env: Environment;
  readonly root: string;
  readonly options: MotoOptions;
  readonly passedOver: readonly string[];
}

async function install(
  folder: string,
  { env, root, options, passedOver }: Installation,
): Promise<{ path: string; version: string }> {
  if (options.noInstall === true) throw missing([...passedOver, "installing is switched off"]);
  const python = await findPython(env, root);
  if ("problem" in python) throw missing([...passedOver, python.problem]);
  options.announce(
    `Installing ${MOTO_REQUIREMENT} with pip into a virtual environment in ${folder} (${passedOver.join("; ")})`,
  );
  const { logFile = join(folder, "install.log"), signal } = options;
  const result = await installMoto({ python: python.path, folder, logFile, env, signal });
  if ("failure" in result) throw missing([...passedOver, result.failure]);
  return { path: result.path, version: MOTO_VERSION };
}

async function motoOnPath(env: Environment, root: string): Promise<MotoLookup> {
  const path = await findOnPath("moto_server", env);
  if (path === undefined) return { problem: "there is no moto_server on PATH" };
  return examine(path, "the moto_server on PATH", { env, root });
}

/**
 * Asks the Python of a `moto_server` for the version, which `moto_server` itself does not print: the `python3` beside it,
 * where pip and version managers install both, else the one on PATH.
 */
async function examine(
  path: string,
  what: string,
  { env, root }: { readonly env: Environment; readonly root: string },
): Promise<MotoLookup> {
  const beside = [dirname(path), dirname(await realpath(path))];
  const PATH = [...beside, setting(env, "PATH") ?? ""].join(delimiter);
  const python = await findOnPath("python3", { PATH });
  const code = "import moto, moto.server; print(moto.__version__)";
  const answer = python && (await askPython(python, code, { env, cwd: root }));
  if (!answer) return { problem: `${what} (${path}) has no Python that loads moto with its server extra` };
  const version = coerce(answer);
  if (version !== null && gte(version, OLDEST_MOTO)) return { path, version: answer };
  return { problem: `${what} (${path}) is version ${answer}, older than ${OLDEST_MOTO}` };
}

function missing(why: readonly string[]): MissingTool {
  return new MissingTool("moto, the AWS emulator,", why.join("; "), [
    `run this again with installing allowed, and with Python ${OLDEST_PYTHON} or later (python3 and its venv module) on PATH`,
    `pip install "${MOTO_REQUIREMENT}", so that moto_server is on PATH`,
    "point STUDIO_ACCESS_MOTO at a moto_server",
  ]);
}
