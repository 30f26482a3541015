import { join, resolve } from "node:path";
import { coerce, gte } from "semver";
import { checkoutRoot } from "../checkout";
import { MissingTool } from "./missing-tool";
import { installedMoto, installMoto, MOTO_REQUIREMENT, MOTO_VERSION } from "./moto-environment";
import { cacheFolder, type Environment, environmentOf, setting, type ToolOptions } from "../console/options";
import { findOnPath, isProgram } from "./program";
import { askPython, behindShim, findPython, interpreterOf, OLDEST_PYTHON } from "./python";

export interface MotoOptions extends ToolOptions {
  /** Folder in which version managers such as pyenv choose. Default: this checkout. */
  readonly root?: string;
  /** Takes what venv and pip print. Default: `install.log` beside the virtual environment. */
  readonly logFile?: string;
}

/** A moto server that can be started. */
export interface Moto {
  /** Absolute path of `moto_server`. */
  readonly path: string;
  /** e.g. `5.2.1`; `unknown` for a wrapper that is no Python script, if STUDIO_ACCESS_MOTO names it. */
  readonly version: string;
  readonly origin: "setting" | "path" | "cache" | "install";
  /** What was found but not used, and why: one sentence each. */
  readonly passedOver: readonly string[];
}

/** The oldest moto that the local AWS works with. */
const OLDEST_MOTO = "5.1.0";

/** What came of looking at one `moto_server`. */
type Finding = { readonly path: string; readonly version: string } | { readonly problem: string };

/**
 * A moto server: of `STUDIO_ACCESS_MOTO`, on PATH, in a virtual environment in the cache, or installed into one there.
 *
 * @throws {MissingTool}
 */
export async function findMoto(options: MotoOptions): Promise<Moto> {
  const env = environmentOf(options);
  const root = options.root ?? checkoutRoot();
  const passedOver: string[] = [];

  const set = setting(env, "STUDIO_ACCESS_MOTO");
  if (set !== undefined) {
    const moto = await motoOfSetting(resolve(set), env, root);
    if ("problem" in moto) throw missing([moto.problem]);
    return { ...moto, origin: "setting", passedOver };
  }
  const onPath = await motoOnPath(env, root);
  if ("path" in onPath) return { ...onPath, origin: "path", passedOver };
  passedOver.push(onPath.problem);

  const folder = join(cacheFolder(env), "moto");
  const cached = await installedMoto(folder);
  const inCache =
    cached === undefined ? undefined : await examine(cached, "the moto_server in the cache", env);
  if (inCache && "path" in inCache) return { ...inCache, origin: "cache", passedOver };
  if (inCache) passedOver.push(inCache.problem);

  return { ...(await install(folder, env, options, passedOver)), origin: "install", passedOver };
}

async function install(
  folder: string,
  env: Environment,
  options: MotoOptions,
  passedOver: readonly string[],
): Promise<{ path: string; version: string }> {
  if (options.noInstall === true) throw missing([...passedOver, "installing is switched off"]);
  const python = await findPython(env);
  if (python === undefined) throw missing([...passedOver, `no Python ${OLDEST_PYTHON} or later is on PATH`]);
  options.announce(
    `Installing ${MOTO_REQUIREMENT} with pip into a virtual environment in ${folder} (${passedOver.join("; ")})`,
  );
  const { logFile = join(folder, "install.log"), signal } = options;
  const result = await installMoto({ python, folder, logFile, env, signal });
  if ("failure" in result) throw missing([...passedOver, result.failure]);
  return { path: result.path, version: MOTO_VERSION };
}

async function motoOfSetting(path: string, env: Environment, root: string): Promise<Finding> {
  const what = "STUDIO_ACCESS_MOTO";
  if (!(await isProgram(path))) return { problem: `${what} (${path}) is no program` };
  const target = await behindShim(path, env, root);
  // A wrapper of the user's own: there is no Python to ask, and they chose it.
  if (target === undefined || !(await interpreterOf(target, env))) return { path, version: "unknown" };
  return examine(target, what, env);
}

async function motoOnPath(env: Environment, root: string): Promise<Finding> {
  const path = await findOnPath("moto_server", env);
  if (path === undefined) return { problem: "there is no moto_server on PATH" };
  const what = "the moto_server on PATH";
  const target = await behindShim(path, env, root);
  return target === undefined
    ? { problem: `${what} (${path}) stands for none in this folder` }
    : examine(target, what, env);
}

async function examine(path: string, what: string, env: Environment): Promise<Finding> {
  const python = await interpreterOf(path, env);
  if (python === undefined) return { problem: `${what} (${path}) does not say which Python runs it` };
  const answer = await askPython(python, "import moto, moto.server; print(moto.__version__)", env);
  if (answer === undefined) return { problem: `${what} (${path}) cannot load moto with its server extra` };
  const version = coerce(answer);
  if (version !== null && gte(version, OLDEST_MOTO)) return { path, version: answer };
  return { problem: `${what} (${path}) is version ${answer}, older than ${OLDEST_MOTO}` };
}

function missing(why: readonly string[]): MissingTool {
  return new MissingTool("moto, the AWS emulator,", why.join("; "), [
    `run this again with installing allowed, and with Python ${OLDEST_PYTHON} or later (python3 and its venv module) at hand`,
    `pip install "${MOTO_REQUIREMENT}", so that moto_server is on PATH`,
    "point STUDIO_ACCESS_MOTO at a moto_server",
  ]);
}
