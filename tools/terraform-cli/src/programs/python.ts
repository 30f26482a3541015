import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { coerce, gte } from "semver";
import { type Environment } from "../console/options";
import { ask, findOnPath, isProgram } from "./program";

/** Oldest Python that moto 5.2 runs on. Source: its `Requires-Python`. */
export const OLDEST_PYTHON = "3.10";

const NAMES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

// `python -c` searches the working folder for modules first; nobody else can put one there.
const NEUTRAL_FOLDER = "/";

const HEAD_BYTES = 4096;

/** Answer of a Python interpreter to an expression or statements that print; undefined when it fails. */
export function askPython(python: string, code: string, env: Environment): Promise<string | undefined> {
  return ask(python, ["-c", code], { env, cwd: NEUTRAL_FOLDER });
}

/** A Python on PATH that is new enough to run moto; some systems have a newer one beside their own `python3`. */
export async function findPython(env: Environment): Promise<string | undefined> {
  for (const name of NAMES) {
    const python = await findOnPath(name, env);
    if (python === undefined) continue;
    const answer = await askPython(python, "import platform; print(platform.python_version())", env);
    const version = coerce(answer);
    if (version !== null && gte(version, `${OLDEST_PYTHON}.0`)) return python;
  }
  return undefined;
}

/** The Python interpreter that a script names in its first lines; undefined for anything else. */
export async function interpreterOf(script: string, env: Environment): Promise<string | undefined> {
  const [first = "", second = ""] = (await headOf(script)).split("\n");
  // pip's way out where the path has blanks or is too long for a first line: the shell hands over to Python.
  const handedOver = /^'''exec' (?:"([^"]+)"|(\S+)) "\$0" "\$@"/.exec(second);
  if (first === "#!/bin/sh" && handedOver) return handedOver[1] ?? handedOver[2];

  const words = /^#!\s*(.*)$/.exec(first)?.[1]?.trim().split(/\s+/) ?? [];
  const program =
    basename(words[0] ?? "") === "env" ? words.slice(1).find((word) => !word.startsWith("-")) : words[0];
  if (program === undefined || !basename(program).startsWith("python")) return undefined;
  return program.includes("/") ? program : findOnPath(program, env);
}

/**
 * What a version manager's shim (of pyenv, asdf or mise) stands for; the path itself when it is no shim. A shim runs the
 * manager first, which chooses by the working folder, hence `cwd`.
 */
export async function behindShim(path: string, env: Environment, cwd: string): Promise<string | undefined> {
  const shims = dirname(path);
  if (basename(shims) !== "shims") return path;
  for (const manager of ["pyenv", "asdf", "mise"]) {
    const beside = join(dirname(shims), "bin", manager);
    const command = (await isProgram(beside)) ? beside : await findOnPath(manager, env);
    if (command === undefined) continue;
    const target = await ask(command, ["which", basename(path)], { env, cwd });
    if (target !== undefined && (await isProgram(target))) return target;
  }
  return undefined;
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
