import { resolve } from "node:path";

import { chosenConfigFile } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { InvalidArgumentError } from "commander";

import { start } from "./start";
import { stayUp } from "./stay-up";
import { onStopSignals } from "./stop-signals";

interface Flags {
  readonly exit?: true;
  readonly json?: string;
  readonly lobs?: number;
  readonly port: number;
  readonly strictPort?: true;
  readonly install: boolean;
  readonly config?: string;
  readonly name?: string;
}

/** The port that AWS emulators usually have. */
const CUSTOMARY_PORT = 4566;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("write a whole number");
  return value;
}

function simpleName(text: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(text) || text === "local" || text === "state") {
    throw new InvalidArgumentError("write lower-case letters, digits and hyphens, and not local or state");
  }
  return text;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function run(flags: Flags): Promise<void> {
  const root = checkoutRoot();
  const stopping = new AbortController();
  const interrupted = new Promise<void>((resolve_) => {
    onStopSignals({
      stop: () => {
        stopping.abort();
        resolve_();
      },
      // The exit kills the programs that were started.
      giveUp: () => process.exit(130),
    });
  });
  const running = await start({
    root,
    configFile: chosenConfigFile(flags.config),
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.lobs === undefined ? {} : { lobs: flags.lobs }),
    ...(flags.json === undefined ? {} : { jsonFile: resolve(flags.json) }),
    port: flags.port,
    strictPort: flags.strictPort === true,
    noInstall: !flags.install,
    signal: stopping.signal,
    print,
  });
  process.exitCode = await stayUp(running, {
    until: flags.exit === true || stopping.signal.aborted ? undefined : interrupted,
    print,
    printError: (text) => process.stderr.write(`${text}\n`),
  });
}

export const command = studioCommand({
  name: "start",
  description: "Deploys Studio Access into a local AWS on this machine, checks the whole way, and stays up.",
  examples: [
    ["./studio start", "config/local.json"],
    ["./studio start --exit --json report.json", "stops after the checks, with a report for machines"],
    ["./studio start --lobs 3 --name three", "a second deployment, of three lines of business"],
  ],
})
  .option("--exit", "stop after the checks")
  .option("--json <file>", "write what was deployed and checked to a file")
  .option("--lobs <count>", "deploy so many lines of business", wholeNumber)
  .option(
    "--port <port>",
    "port of the local AWS; when it is not free, another one, which is said",
    wholeNumber,
    CUSTOMARY_PORT,
  )
  .option("--strict-port", "fail when that port is not free")
  .option("--name <name>", "a deployment beside the usual one, with files and state of its own", simpleName)
  .action(run);
