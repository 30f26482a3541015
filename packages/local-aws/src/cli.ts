import { join } from "node:path";
import { parseArgs } from "node:util";

import { startLocalAws } from "./index";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "moto-server": { type: "string" },
    logs: { type: "string", default: join(process.cwd(), ".studio-access", "local-aws") },
  },
});

async function main(): Promise<void> {
  const aws = await startLocalAws({
    port: Number(values.port),
    logDirectory: values.logs,
    ...(values["moto-server"] !== undefined && { motoServer: values["moto-server"] }),
  });
  process.stdout.write(`${aws.endpoint}\n`);
  const stop = (): void => {
    aws.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(error);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
