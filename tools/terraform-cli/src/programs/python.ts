import { coerce, gte } from "semver";
import { type Environment } from "../console/options";
import { ask, findOnPath } from "./program";

/** Oldest Python that moto 5.2 runs on. Source: its `Requires-Python`. */
export const OLDEST_PYTHON = "3.10";

/**
 * Output of Python statements; undefined when the interpreter fails.
 *
 * @param cwd working folder, by which a version manager behind the interpreter's name chooses a version
 */
export function askPython(
  python: string,
  code: string,
  { env, cwd }: { readonly env: Environment; readonly cwd: string },
): Promise<string | undefined> {
  return ask(python, ["-c", code], { env, cwd });
}

/** The `python3` on PATH if it is new enough to run moto; else why it cannot be used. */
export async function findPython(
  env: Environment,
  cwd: string,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  const path = await findOnPath("python3", env);
  if (path === undefined) return { problem: "there is no python3 on PATH" };
  const answer = await askPython(path, "import platform; print(platform.python_version())", { env, cwd });
  const version = coerce(answer);
  if (version === null) return { problem: `the python3 on PATH (${path}) does not run` };
  if (gte(version, `${OLDEST_PYTHON}.0`)) return { path };
  return {
    problem: `the python3 on PATH (${path}) is version ${String(answer)}, older than ${OLDEST_PYTHON}`,
  };
}
