import { execFile } from "node:child_process";
import { open, readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { MotoUnavailable } from "../moto/moto-unavailable";

const run = promisify(execFile);

const BOTOCORE = "import botocore, os; print(os.path.join(botocore.__path__[0], 'data'))";

/**
 * The folder of AWS's service models: botocore's, which moto needs and so brings.
 *
 * @param motoServer - path of `moto_server`
 * @throws {MotoUnavailable} when moto's Python cannot be found, or has no botocore
 */
export async function modelFolder(motoServer: string): Promise<string> {
  for (const [program = "", ...options] of await interpreters(motoServer)) {
    try {
      const { stdout } = await run(program, [...options, "-c", BOTOCORE], { timeout: 30_000 });
      const folder = stdout.trim();
      await readdir(folder);
      return folder;
    } catch {
      // Not a Python, or one without botocore.
    }
  }
  throw new MotoUnavailable(
    `AWS's service models were not found: no Python beside ${motoServer} has botocore, which ` +
      '`pip install "moto[server]"` installs together with moto',
  );
}

/** Commands that may start the Python that runs `moto_server`, the likeliest first. */
async function interpreters(motoServer: string): Promise<string[][]> {
  const own = interpreterOf(await head(motoServer));
  // A shim such as pyenv's is no Python program. The shim of Python beside it chooses the same version.
  const folders = [...new Set([dirname(motoServer), dirname(await realpath(motoServer))])];
  const beside = folders.flatMap((folder) => [[join(folder, "python3")], [join(folder, "python")]]);
  return [...(own ? [own] : []), ...beside];
}

/** The Python in a script's first lines. pip writes the second form when the path is too long for a first line. */
export function interpreterOf(script: string): string[] | undefined {
  const [first = "", second = ""] = script.split("\n");
  const direct = /^#!\s*(\S.*)$/.exec(first)?.[1]?.trim().split(/\s+/);
  if (direct?.some((part) => part.includes("python"))) return direct;
  const quoted = /^'''exec' "?([^"]+?)"? "\$0" "\$@"$/.exec(second)?.[1];
  return quoted === undefined ? undefined : [quoted];
}

async function head(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw new MotoUnavailable(`moto_server cannot be read: ${(error as Error).message}`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2048), 0, 2048, 0);
    return buffer.subarray(0, bytesRead).toString("latin1");
  } finally {
    await file.close();
  }
}
