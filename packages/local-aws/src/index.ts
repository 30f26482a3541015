import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { MotoClient } from "./moto/client";
import { startMotoServer } from "./moto/moto-server";
import { Accounts } from "./server/accounts";
import type { DataPlane, DataPlaneParts } from "./server/data-plane";
import { createFrontDoor, type FrontDoor } from "./server/front-door";
import { listen } from "./server/listener";
import { fileRequestLog } from "./server/request-log";
import { createControlPlane } from "./services/control-plane";

export interface LocalAwsOptions {
  /** Port of 127.0.0.1 to listen on; 0, or none given, takes a free one. */
  readonly port?: number;
  /** Path of `moto_server`; searched for on PATH when absent. */
  readonly motoServer?: string;
  /** Directory for `requests.jsonl` and `moto.log`; made when absent. */
  readonly logDirectory: string;
  /** Adds a data plane: what runs and answers inside the accounts, where this package's own part only keeps records. */
  readonly extend?: (parts: DataPlaneParts) => DataPlane;
}

export interface LocalAws {
  /** What AWS_ENDPOINT_URL is set to. */
  readonly endpoint: string;
  readonly port: number;
  readonly moto: MotoClient;
  stop(): Promise<void>;
}

/**
 * Starts an AWS of many accounts on this machine. It keeps nothing: stopping it ends every account.
 *
 * @throws {MotoUnavailable} when moto cannot be started
 * @throws {PortTaken} when another program listens on the port
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  await mkdir(options.logDirectory, { recursive: true });
  const motoServer = await startMotoServer({
    ...(options.motoServer !== undefined && { command: options.motoServer }),
    logFile: join(options.logDirectory, "moto.log"),
  });
  try {
    const moto = new MotoClient({ port: motoServer.port, failure: () => motoServer.failure() });
    const log = fileRequestLog(join(options.logDirectory, "requests.jsonl"));
    const accounts = new Accounts(moto);
    const controlPlane = createControlPlane(moto);
    const frontDoor: FrontDoor = createFrontDoor({
      moto,
      forwarded: moto.forwarded,
      accounts,
      handlers: controlPlane.handlers,
      mounts: [],
      interceptors: [],
      observers: [
        (call) => {
          accounts.observe(call);
        },
      ],
      log,
    });
    const listener = await listen(frontDoor, options.port ?? 0);
    return {
      endpoint: `http://127.0.0.1:${listener.port}`,
      port: listener.port,
      moto,
      async stop() {
        await listener.close();
        moto.close();
        await motoServer.stop();
        await log.close();
      },
    };
  } catch (error) {
    await motoServer.stop();
    throw error;
  }
}
