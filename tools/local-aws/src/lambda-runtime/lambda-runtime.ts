import { randomUUID } from "node:crypto";

import type { Network } from "../network/network";
import type { Dispatch } from "../network/control-plane-client";
import type { AwsCall, NetworkPlace } from "../server/call";
import { Serial } from "../server/serial";
import { CodeStore } from "./code-store";
import type { ExecutionRoles } from "./credentials";
import { startEgress, type Egress, type EgressRoute } from "./egress";
import { keyOf, type FunctionConfiguration, type FunctionId } from "./function-configuration";
import type { FunctionDirectory } from "./function-directory";
import { FunctionHost, type Invocation } from "./function-host";
import { FunctionLog } from "./function-log";
import type { LogDelivery } from "./log-delivery";

/** There is no function of that name, or its code was not uploaded as a zip. */
export class FunctionMissing extends Error {
  override readonly name = "FunctionMissing";
}

export interface RuntimeOptions {
  readonly directory: FunctionDirectory;
  readonly roles: ExecutionRoles;
  readonly network: Pick<Network, "facts" | "reach">;
  readonly dispatch: Dispatch;
  readonly delivery: Pick<LogDelivery, "put">;
  /** Folder of the functions' log files; when undefined, no files are written. */
  readonly logDirectory: string | undefined;
  /** Gets a line for the network log. */
  readonly report: (line: string) => void;
  readonly clock: () => number;
}

/** The host of a function's current revision. */
interface Opened {
  readonly revision: string;
  readonly zip: Buffer;
  readonly host: Promise<FunctionHost>;
}

/** The only port that a function can reach: every AWS service uses HTTPS. */
const HTTPS = 443;

/** Runs the functions that Terraform deployed, from the zips that it uploaded. */
export class LambdaRuntime {
  readonly #options: RuntimeOptions;
  readonly #code = new CodeStore();
  readonly #hosts = new Map<string, Opened>();
  /** Every open host, including those of older revisions that still run an invocation. */
  readonly #all = new Set<FunctionHost>();
  readonly #logs = new Map<string, FunctionLog>();
  /** One queue for each function, so that a new revision is opened only once. */
  readonly #turns = new Map<string, Serial>();

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  /** Must see every successful call. */
  observe(call: AwsCall): void {
    this.#options.directory.observe(call);
    this.#code.observe(call);
  }

  /**
   * Runs a function once.
   *
   * @throws {FunctionMissing}
   */
  async invoke(id: FunctionId, event: unknown, requestId: string = randomUUID()): Promise<Invocation> {
    const turn = this.#turns.get(keyOf(id)) ?? new Serial();
    this.#turns.set(keyOf(id), turn);
    // The invocation starts within its turn, so that a newer revision does not end the host before it.
    const begun = await turn.run(async () => {
      const host = await this.#currentHost(id);
      return { work: host.invoke(event, requestId) };
    });
    return await begun.work;
  }

  /** The last lines that a function printed. */
  logOf(id: FunctionId): readonly string[] {
    return this.#logs.get(keyOf(id))?.lines ?? [];
  }

  async stop(): Promise<void> {
    this.#hosts.clear();
    await Promise.all([...this.#all].map((host) => host.stop()));
    this.#all.clear();
    await Promise.all([...this.#logs.values()].map((log) => log.close()));
  }

  /** The host of the newest revision; an older one is retired. */
  async #currentHost(id: FunctionId): Promise<FunctionHost> {
    const key = keyOf(id);
    const configuration = await this.#options.directory.configurationOf(id);
    const zip = this.#code.get(id);
    const opened = this.#hosts.get(key);
    if (!configuration || !zip) {
      this.#hosts.delete(key);
      if (opened) await (await opened.host).retire();
      throw new FunctionMissing(
        configuration ? `the code of ${id.name} was not uploaded as a zip` : `function not found: ${id.name}`,
      );
    }
    if (opened?.revision === configuration.revision && opened.zip === zip) return await opened.host;
    const host = this.#openHost(configuration, zip);
    this.#hosts.set(key, { revision: configuration.revision, zip, host });
    if (opened) await (await opened.host).retire();
    try {
      return await host;
    } catch (error) {
      this.#hosts.delete(key);
      throw error;
    }
  }

  async #openHost(configuration: FunctionConfiguration, zip: Buffer): Promise<FunctionHost> {
    const { roles, clock } = this.#options;
    const key = keyOf(configuration);
    const log =
      this.#logs.get(key) ??
      new FunctionLog(configuration.name, this.#options.delivery, this.#options.logDirectory);
    this.#logs.set(key, log);
    const host = await FunctionHost.open({
      configuration,
      zip,
      log,
      clock,
      assumeRole: (of) => roles.assume(of),
      startEgress: (of) => this.#startEgress(of),
    });
    this.#all.add(host);
    return host;
  }

  async #startEgress(configuration: FunctionConfiguration): Promise<Egress> {
    return await startEgress({
      routeTo: (host, port) => this.#routeTo(configuration, host, port),
      dispatch: this.#options.dispatch,
    });
  }

  async #routeTo(configuration: FunctionConfiguration, host: string, port: number): Promise<EgressRoute> {
    const { network, report } = this.#options;
    const place = await this.#placeOf(configuration);
    const answer = await network.reach(
      configuration.region,
      place ? { kind: "vpc", place, subnets: "all" } : { kind: "internet" },
      host,
    );
    if (answer.reached && port === HTTPS) return { kind: "open", endpoint: answer.endpoint };
    const reason = answer.reached ? `port ${port} is not HTTPS` : answer.reason;
    report(`function ${configuration.name} → ${host}: ${reason}`);
    return { kind: answer.reached ? "no_way" : answer.kind };
  }

  async #placeOf({ account, region, name, vpc }: FunctionConfiguration): Promise<NetworkPlace | undefined> {
    if (!vpc) return undefined;
    const { subnets } = await this.#options.network.facts(region);
    const vpcId = subnets.find((subnet) => vpc.subnetIds.includes(subnet.subnetId))?.vpcId ?? "a deleted VPC";
    return {
      account,
      vpcId,
      subnetIds: vpc.subnetIds,
      securityGroupIds: vpc.securityGroupIds,
      name: `function ${name}`,
    };
  }
}
