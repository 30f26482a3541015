import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { modelFolder } from "./models/model-folder";
import { modelStore } from "./models/model-store";
import { requestCheck, type RequestCheck } from "./models/request-check";
import { MotoClient } from "./moto/client";
import { findMotoServer, startMotoServer, type MotoServer } from "./moto/moto-server";
import { Accounts } from "./server/accounts";
import type {
  CallObserver,
  DataPlane,
  DataPlaneParts,
  DnsFirewalls,
  LocalOrganization,
  ResourceTags,
} from "./server/data-plane";
import { createRequestRouter, type RequestRouter } from "./server/request-router";
import { listen } from "./server/listener";
import { fileRequestLog, type RequestLog } from "./server/request-log";
import type { Certificates } from "./services/acm/acm-service";
import { createControlPlane } from "./services/control-plane";
import { Inventory } from "./services/inventory/inventory";
import { firewallFacts } from "./services/route53resolver/firewall-facts";
import { IssuerKeys, type TokenIssuers } from "./services/sts/token-issuers";
import { webIdentities } from "./services/sts/web-identity";

export { actionOf, type CalledOperation } from "./actions/action-of-call";
export { MotoUnavailable } from "./moto/moto-unavailable";
export { createDataPlane, type DataPlaneOptions, type DeployedApis } from "./data-plane";
export { VANTAGE_HEADER, vantageOf } from "./network/vantage-header";
export { AwsError } from "./server/aws-error";
export { browserUrl } from "./server/browser-names/browser-place";
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
  /** The AWS Organization that every account is in. When absent, the accounts are in no organization. */
  readonly organization?: LocalOrganization;
  /** Identity providers whose tokens STS can verify, with the URLs of their key sets; none by default. */
  readonly tokenIssuers?: TokenIssuers;
  /** Certificates that the accounts have in AWS Certificate Manager: the name that each covers, by ARN. Default: none. */
  readonly certificates?: Certificates;
  /**
   * Whether Route 53 answers without a ChangeInfo, so that the AWS provider does not wait 15 seconds for each change. AWS
   * always sends one, so this is only for tests that do not concern Route 53. Default: false.
   */
  readonly settledRoute53?: boolean;
  /** Adds a data plane, which runs the deployed functions and APIs. Without it the resources are only recorded. */
  readonly extend?: (parts: DataPlaneParts) => DataPlane;
}

export interface LocalAws {
  /** The value for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly port: number;
  readonly moto: MotoClient;
  /**
   * The resources that exist now in every account that was called, as sorted lines
   * `<account> <region, or global> <service> <type> <id>`. Empty after everything is destroyed.
   */
  inventory(): Promise<string[]>;
  /** Resolves with the reason when moto ends by itself, after which every call fails; otherwise never resolves. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

/**
 * Starts an AWS of many accounts on this machine. It stores nothing: every account is lost when it stops.
 *
 * @throws {MotoUnavailable} when moto cannot be started
 * @throws {PortTaken} when another program listens on the port
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  await mkdir(options.logDirectory, { recursive: true });
  const command = options.motoServer ?? (await findMotoServer());
  const check = requestCheck(modelStore(await modelFolder(command)));
  const motoServer = await startMotoServer({ command, logFile: join(options.logDirectory, "moto.log") });
  try {
    return await startBefore(motoServer, check, options);
  } catch (error) {
    await motoServer.stop();
    throw error;
  }
}

async function startBefore(
  motoServer: MotoServer,
  check: RequestCheck,
  options: LocalAwsOptions,
): Promise<LocalAws> {
  const moto = new MotoClient({ port: motoServer.port, failure: () => motoServer.failure() });
  const log = fileRequestLog(join(options.logDirectory, "requests.jsonl"));
  const { router, inventory, data } = build(moto, log, check, options);
  const end = async (): Promise<void> => {
    await data.stop?.();
    moto.close();
    await motoServer.stop();
    await log.close();
  };
  const listener = await listen(router, options.port ?? 0).catch(async (error: unknown) => {
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
  readonly router: RequestRouter;
  readonly inventory: Inventory;
  readonly data: DataPlane;
}

function build(
  moto: MotoClient,
  log: RequestLog,
  check: RequestCheck,
  {
    extend,
    organization,
    settledRoute53 = false,
    tokenIssuers = {},
    certificates = {},
  }: Pick<LocalAwsOptions, "extend" | "organization" | "settledRoute53" | "tokenIssuers" | "certificates">,
): Planes {
  // The router and the data plane need each other; the first call comes after both are built.
  const built: { router?: RequestRouter; data: DataPlane } = { data: {} };
  const accounts = new Accounts(moto);
  const webIdentityOf = webIdentities({ moto, keys: new IssuerKeys(tokenIssuers), clock: Date.now });
  const { handlers, state, userPools } = createControlPlane(moto, {
    presignedUrls: { issued: (record) => built.data.presignedUrls?.issued(record) },
    organization,
    settledRoute53,
    webIdentityOf,
    certificates,
    mayAlso: (call, action) => built.data.mayAlso?.(call, action) ?? Promise.resolve(true),
  });
  const inventory = new Inventory(moto, state);
  const dispatch: DataPlaneParts["dispatch"] = async (request, endpoint) => {
    if (!built.router) throw new Error("the data plane sent a request before the request router was built");
    return await built.router.dispatch(request, endpoint);
  };
  const { sessions } = state;
  const studioTags: ResourceTags = (arn) => state.studio.get(arn)?.tags ?? new Map();
  const dnsFirewalls: DnsFirewalls = (account, region) => firewallFacts(state.resolver, { account, region });
  const parts = {
    moto,
    sessions,
    webIdentityOf,
    studioTags,
    dnsFirewalls,
    privateDomains: state.domains,
    zoneProfiles: state.profiles,
    userPools,
    organization,
    dispatch,
  };
  built.data = extend?.(parts) ?? {};
  const { mounts = [], interceptors = [], observers = [] } = built.data;
  const observe: CallObserver = (call) => {
    accounts.observe(call);
    inventory.observe(call);
  };
  built.router = createRequestRouter({
    moto,
    forwarded: moto.forwarded,
    accounts,
    handlers,
    check,
    mounts,
    interceptors,
    observers: [observe, ...observers],
    log,
  });
  return { router: built.router, inventory, data: built.data };
}
