import { join } from "node:path";

import { Enforcement } from "./enforcement/enforcement";
import { ApiGateway } from "./execute-api/api-gateway";
import { createApiMount } from "./execute-api/api-mount";
import { createDomainMount } from "./execute-api/domain-mount";
import { ApiRegistry } from "./execute-api/api-registry";
import { gatewayRoles } from "./execute-api/gateway-roles";
import { invokePermissions } from "./execute-api/invoke-permission";
import { IamStore } from "./iam/iam-store";
import { ExecutionRoles } from "./lambda-runtime/credentials";
import { FunctionDirectory } from "./lambda-runtime/function-directory";
import { invokeFunction } from "./lambda-runtime/invoke-api";
import { LambdaRuntime } from "./lambda-runtime/lambda-runtime";
import { LogDelivery } from "./lambda-runtime/log-delivery";
import { ControlPlaneClient } from "./network/control-plane-client";
import { Network } from "./network/network";
import { lineLog } from "./network/line-log";
import { browserMount } from "./server/browser-names/browser-mount";
import type {
  CallInterceptor,
  CallObserver,
  DataPlane,
  DataPlaneParts,
  HttpMount,
  MayAlso,
  PresignedUrlSink,
} from "./server/data-plane";
import { createHostedMount } from "./services/cognito/hosted/hosted-mount";
import { HostedSignIn } from "./services/cognito/hosted/hosted-sign-in";
import { createStudioMount, type MayUse } from "./studio/studio-mount";
import { UrlRegistry } from "./studio/url-registry";

export interface DataPlaneOptions {
  /** Existing folder for `network.log`, `enforcement.log` and the functions' logs. */
  readonly logDirectory: string;
  /** Whether a Studio URL may be used through an endpoint. Default: the policies of the URL's creator decide. */
  readonly mayUse?: MayUse;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** The APIs as they are deployed to their stages. */
export type DeployedApis = Pick<ApiRegistry, "deployed">;

/** Every part that {@link createDataPlane} makes. */
export interface FullDataPlane extends DataPlane {
  readonly mounts: readonly HttpMount[];
  readonly interceptors: readonly CallInterceptor[];
  readonly observers: readonly CallObserver[];
  readonly presignedUrls: PresignedUrlSink;
  readonly mayAlso: MayAlso;
  readonly apis: DeployedApis;
  /** The deployed network. */
  readonly network: Network;
  /** Sessions of the functions' execution roles, by access key. */
  readonly roles: ExecutionRoles;
  /** Delivers the buffered log lines at once; otherwise they are delivered every second. */
  flushLogs(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the deployed functions, APIs and Studio, and the network between them. */
export function createDataPlane(parts: DataPlaneParts, options: DataPlaneOptions): FullDataPlane {
  const { moto, dispatch, dnsFirewalls, privateDomains: domains, zoneProfiles, userPools } = parts;
  const clock = options.clock ?? Date.now;
  const log = lineLog(join(options.logDirectory, "network.log"));
  const decisions = lineLog(join(options.logDirectory, "enforcement.log"));
  const controlPlane = new ControlPlaneClient(dispatch);
  const network = new Network({ moto, controlPlane, dnsFirewalls, privateDomains: domains, zoneProfiles });
  const delivery = new LogDelivery(moto, clock);
  const directory = new FunctionDirectory(controlPlane);
  const roles = new ExecutionRoles(moto, clock);
  const { logDirectory } = options;
  const report = log.write;
  const runtime = new LambdaRuntime({
    directory,
    roles,
    network,
    dispatch,
    delivery,
    logDirectory,
    report,
    clock,
  });
  const registry = new ApiRegistry(moto);
  const iam = new IamStore(moto);
  const enforcement = new Enforcement({
    ...parts,
    ...{ iam, network, clock, functionSessions: roles, functions: directory, report: decisions.write },
  });
  const permissions = invokePermissions(directory, gatewayRoles(iam));
  const gateway = new ApiGateway({ runtime, permissions, delivery, report, clock });
  const urls = new UrlRegistry(clock);
  const mayUse = options.mayUse ?? enforcement.mayUse;
  const { directory: pools } = userPools;
  const signIn = new HostedSignIn({ moto, ...userPools, clock });
  const hosts = [
    createApiMount({ registry, network, gateway, clock }),
    createDomainMount({ domains, registry, network, gateway, clock }),
    createStudioMount({ registry: urls, network, mayUse, clock }),
    createHostedMount({ directory: pools, network, signIn }),
  ];
  return {
    mounts: [browserMount(hosts, () => domains.all.map(({ name }) => name)), ...hosts],
    interceptors: [(call) => enforcement.intercept(call), (call) => invokeFunction(runtime, call)],
    observers: [
      async (call, reply) => {
        network.observe(call);
        runtime.observe(call);
        iam.observe(call);
        await enforcement.observe(call, reply);
        await registry.observe(call, reply);
      },
    ],
    presignedUrls: urls,
    mayAlso: enforcement.mayAlso,
    apis: registry,
    network,
    roles,
    flushLogs: () => delivery.flush(),
    async stop() {
      await runtime.stop();
      await delivery.flush();
      await log.close();
      await decisions.close();
    },
  };
}
