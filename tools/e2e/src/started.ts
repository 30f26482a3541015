import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Report } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

/** A running `npm start`. */
export interface Started {
  readonly report: Report;
  /** Folder of the deployment's files. */
  readonly directory: string;
  /** Sends SIGINT to the whole process group, like Ctrl-C in a terminal, and waits until npm has ended. */
  interrupt(): Promise<void>;
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs `npm start -- …` to its end. */
export async function npmStart(...args: readonly string[]): Promise<Ended> {
  const child = spawnStart(args);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => {
      output += data.toString();
    });
  }
  return { code: await exitCode(child), output };
}

/** Runs `npm start -- …` until it reports that it is up. @throws {Error} with the end of its output when it ends before */
export async function startAndStayUp(name: string, ...args: readonly string[]): Promise<Started> {
  const directory = join(checkoutRoot(), ".studio-access", name);
  await mkdir(directory, { recursive: true });
  const json = join(directory, "report.json");
  const child = spawnStart(["--name", name, "--json", json, "--port", "0", ...args]);
  const log = createWriteStream(join(directory, "start.log"));
  const ended = exitCode(child);
  const up = new Promise<void>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data: Buffer) => {
        log.write(data);
        output += data.toString();
        if (output.includes("Up. Ctrl-C stops everything.")) resolve();
      });
    }
    void ended.then((code) => {
      reject(new Error(`npm start ended with ${code}:\n${output.slice(-3000)}`));
    });
  });
  await up;
  return {
    report: JSON.parse(await readFile(json, "utf8")) as Report,
    directory,
    interrupt: async () => {
      process.kill(-(child.pid ?? 0), "SIGINT");
      await ended;
    },
  };
}

function spawnStart(args: readonly string[]): ChildProcess {
  // A separate process group, like a job in a terminal.
  return spawn("npm", ["start", "--", ...args], {
    cwd: checkoutRoot(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? -1);
    });
  });
}
