/** Runs a local AWS with its data plane until it gets a signal to stop. */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { createDataPlane, startLocalAws } from "./index";

const USAGE =
  "usage: cli.ts [--port <0 to 65535; 0 takes a free one>] [--logs <directory>] [--moto-server <path>]";

interface Arguments {
  readonly port: number;
  readonly logDirectory: string;
  readonly motoServer?: string;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      logs: { type: "string", default: join(process.cwd(), ".studio-access", "local-aws") },
      "moto-server": { type: "string" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${values.port} is no port\n${USAGE}`);
  const motoServer = values["moto-server"];
  return { port, logDirectory: values.logs, ...(motoServer !== undefined && { motoServer }) };
}

async function main(): Promise<void> {
  const { logDirectory, ...rest } = readArguments();
  const aws = await startLocalAws({
    ...rest,
    logDirectory,
    extend: (parts) => createDataPlane(parts, { logDirectory }),
  });
  process.stdout.write(`${aws.endpoint}\n`);
  const asked = new Promise<void>((resolve) => {
    process.once("SIGINT", () => {
      resolve();
    });
    process.once("SIGTERM", () => {
      resolve();
    });
  });
  const failure = await Promise.race([asked, aws.failed]);
  await aws.stop();
  if (failure) throw failure;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
