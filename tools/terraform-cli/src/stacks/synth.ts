import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { CONFIG_VARIABLE } from "@studio-access/config";

import { tail } from "../processes/log-tail";
import { runLogged } from "../processes/processes";

import { CommandFailed, makeStateFolder, type CdktfOptions } from "./cdktf";

/**
 * Synthesizes every stack as `cdktf synth` does, byte for byte, by running the app's own command: cdktf's command line
 * takes twice as long as the app itself.
 *
 * @throws {CommandFailed}
 */
export async function synth({ folders, environment, signal }: CdktfOptions): Promise<void> {
  await makeStateFolder(folders);
  const logFile = join(folders.logs, "cdktf-synth.log");
  const { app } = JSON.parse(await readFile(join(folders.root, "cdktf.json"), "utf8")) as { app: string };
  const { code } = await runLogged("sh", ["-c", app], {
    cwd: folders.root,
    env: {
      ...environment,
      [CONFIG_VARIABLE]: folders.configFile,
      CDKTF_OUTDIR: relative(folders.root, folders.outdir),
    },
    logFile,
    ...(signal === undefined ? {} : { signal }),
  });
  if (code !== 0) throw new CommandFailed("The synthesis", logFile, await tail(logFile, 30));
}
