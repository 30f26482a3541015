import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { MotoClient } from "./moto/client";
import { startMotoServer, type MotoServer } from "./moto/moto-server";
import { Accounts } from "./server/accounts";
import type {
  CallObserver,
  DataPlane,
  DataPlaneParts,
  LocalOrganization,
  ResourceTags,
} from "./server/data-plane";
import { createFrontDoor, type FrontDoor } from "./server/front-door";
import { listen } from "./server/listener";
import { fileRequestLog, type RequestLog } from "./server/request-log";
import { createControlPlane } from "./services/control-plane";
import { Inventory } from "./services/inventory/inventory";
import { IssuerKeys, type TokenIssuers } from "./services/sts/token-issuers";
import { webIdentities } from "./services/sts/web-identity";

export { actionOf, type CalledOperation } from "./actions/action-of-call";
export { MotoUnavailable } from "./moto/moto-unavailable";
export { createDataPlane, type DataPlaneOptions } from "./data-plane";
export { VANTAGE_HEADER } from "./network/vantage-header";
export { AwsError } from "./server/aws-error";
export type { AwsCall, EndpointPath, Moto, NetworkPlace, Reply, ServiceHandler } from "./server/call";
export type * from "./server/data-plane";
export { PortTaken } from "./server/listener";
export type { HttpRequest } from "./server/parse-call";
export type { TokenIssuers } from "./services/sts/token-issuers";

export interface LocalAwsOptions {
  /** Port of 127.0.0.1 to listen on; 0, or none given, takes a free one. */
  readonly port?: number;
  /** Path of `moto_server`; searched for on PATH when absent. */
  readonly motoServer?: string;
  /** Directory for `requests.jsonl` and `moto.log`; made when absent. */
  readonly logDirectory: string;
  /** The AWS Organization that every account is in. Absent: the accounts are strangers to each other. */
  readonly organization?: LocalOrganization;
  /** Identity providers whose tokens STS can verify, with where their keys are; none by default. */
  readonly tokenIssuers?: TokenIssuers;
  /**
   * Route 53 answers without a ChangeInfo, so that the AWS provider does not wait 15 seconds for each change. AWS always
   * sends one: for tests of something else. Default: false.
   */
  readonly settledRoute53?: boolean;
  /** Adds a data plane: what runs and answers inside the accounts, where this package's own part only keeps records. */
  readonly extend?: (parts: DataPlaneParts) => DataPlane;
}

export interface LocalAws {
  /** What AWS_ENDPOINT_URL is set to. */
  readonly endpoint: string;
  readonly port: number;
  readonly moto: MotoClient;
  /**
   * What is present now in every account that was called, as sorted lines
   * `<account> <region, or global> <service> <type> <id>`. Empty again after all is destroyed.
   */
  inventory(): Promise<string[]>;
  /** Resolves with the reason when moto ends by itself, and every call fails from then on; otherwise never. */
  readonly failed: Promise<Error>;
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
    return await startBefore(motoServer, options);
  } catch (error) {
    await motoServer.stop();
    throw error;
  }
}

async function startBefore(motoServer: MotoServer, options: LocalAwsOptions): Promise<LocalAws> {
  const moto = new MotoClient({ port: motoServer.port, failure: () => motoServer.failure() });
  const log = fileRequestLog(join(options.logDirectory, "requests.jsonl"));
  const { frontDoor, inventory, data } = build(moto, log, options);
  const end = async (): Promise<void> => {
    await data.stop?.();
    moto.close();
    await motoServer.stop();
    await log.close();
  };
  const listener = await listen(frontDoor, options.port ?? 0).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    endpoint: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    moto,
    inventory: () => inventory.lines(),
    failed: motoServer.failed,
    async stop() {
      await listener.close();
      await end();
    },
  };
}

interface Planes {
  readonly frontDoor: FrontDoor;
  readonly inventory: Inventory;
  readonly data: DataPlane;
}

function build(
  moto: MotoClient,
  log: RequestLog,
  {
    extend,
    organization,
    settledRoute53 = false,
    tokenIssuers = {},
  }: Pick<LocalAwsOptions, "extend" | "organization" | "settledRoute53" | "tokenIssuers">,
): Planes {
  // Each plane needs the other; the first call comes when both are there.
  const built: { frontDoor?: FrontDoor; data: DataPlane } = { data: {} };
  const accounts = new Accounts(moto);
  const webIdentityOf = webIdentities({ moto, keys: new IssuerKeys(tokenIssuers), clock: Date.now });
  const { handlers, state } = createControlPlane(moto, {
    presignedUrls: { issued: (record) => built.data.presignedUrls?.issued(record) },
    organization,
    settledRoute53,
    webIdentityOf,
  });
  const inventory = new Inventory(moto, state);
  const dispatch: DataPlaneParts["dispatch"] = async (request, endpoint) => {
    if (!built.frontDoor) throw new Error("the data plane called the front door before it was built");
    return await built.frontDoor.dispatch(request, endpoint);
  };
  const { sessions } = state;
  const studioTags: ResourceTags = (arn) => state.studio.get(arn)?.tags ?? new Map();
  built.data = extend?.({ moto, sessions, webIdentityOf, studioTags, organization, dispatch }) ?? {};
  const { mounts = [], interceptors = [], observers = [] } = built.data;
  const observe: CallObserver = (call) => {
    accounts.observe(call);
    inventory.observe(call);
  };
  built.frontDoor = createFrontDoor({
    moto,
    forwarded: moto.forwarded,
    accounts,
    handlers,
    mounts,
    interceptors,
    observers: [observe, ...observers],
    log,
  });
  return { frontDoor: built.frontDoor, inventory, data: built.data };
}
