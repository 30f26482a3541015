import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { unzip } from "./archive";
import type { Egress } from "./egress";
import { environmentOf, type RoleCredentials } from "./environment";
import type { FunctionConfiguration } from "./function-configuration";
import type { FunctionLog } from "./function-log";
import type { LogTarget } from "./log-delivery";
import { nodeOf } from "./node-runtime";
import { Sandbox, type InvocationContext, type InvocationOutcome } from "./sandbox";
import { SandboxPool, type Pooled } from "./sandbox-pool";

export interface HostOptions {
  readonly configuration: FunctionConfiguration;
  readonly zip: Buffer;
  readonly log: FunctionLog;
  readonly assumeRole: (configuration: FunctionConfiguration) => Promise<RoleCredentials>;
  readonly startEgress: (configuration: FunctionConfiguration) => Promise<Egress>;
  readonly clock: () => number;
}

/** The outcome of an invocation, with the lines that it printed. */
export interface Invocation {
  readonly outcome: InvocationOutcome;
  readonly log: string;
}

/** Most processes per function. Lambda itself starts one for each concurrent request. */
const CONCURRENCY = 4;
/** Processes whose credentials expire within this time are replaced. */
const FRESH_MS = 5 * 60 * 1000;

interface Warm extends Pooled {
  readonly expiresAt: number;
  readonly target: LogTarget;
  /** Lines that the running invocation has printed. */
  readonly printed: string[];
}

/** One revision of a function: its unzipped code, its egress, and its processes. */
export class FunctionHost {
  readonly #options: HostOptions;
  readonly #taskRoot: string;
  readonly #egress: Egress;
  readonly #pool: SandboxPool<Warm>;
  #running = 0;
  #retired = false;
  #ended: Promise<void> | undefined;

  private constructor(options: HostOptions, taskRoot: string, egress: Egress) {
    this.#options = options;
    this.#taskRoot = taskRoot;
    this.#egress = egress;
    this.#pool = new SandboxPool({
      start: () => this.#start(),
      isFresh: (warm) => warm.expiresAt - options.clock() > FRESH_MS,
      limit: CONCURRENCY,
    });
  }

  /** @throws {UnsafeArchive} */
  static async open(options: HostOptions): Promise<FunctionHost> {
    const taskRoot = await mkdtemp(join(tmpdir(), `lambda-${options.configuration.name}-`));
    try {
      await unzip(options.zip, taskRoot);
      return new FunctionHost(options, taskRoot, await options.startEgress(options.configuration));
    } catch (error) {
      await rm(taskRoot, { recursive: true, force: true });
      throw error;
    }
  }

  async invoke(event: unknown, requestId: string): Promise<Invocation> {
    this.#running += 1;
    try {
      return await this.#pool.use((warm) => this.#run(warm, event, requestId));
    } finally {
      this.#running -= 1;
      if (this.#retired && this.#running === 0) await this.stop();
    }
  }

  /** Stops taking invocations, since a newer revision exists, and ends when the running ones have finished. */
  async retire(): Promise<void> {
    this.#retired = true;
    if (this.#running === 0) await this.stop();
    else await this.#pool.retire();
  }

  /** Ends every process at once. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    await this.#pool.stop();
    await this.#egress.close();
    await rm(this.#taskRoot, { recursive: true, force: true });
  }

  async #run(warm: Warm, event: unknown, requestId: string): Promise<Invocation> {
    const { configuration, log, clock } = this.#options;
    warm.printed.length = 0;
    const start = clock();
    log.write(warm.target, `START RequestId: ${requestId} Version: $LATEST`);
    const outcome = await warm.invoke(event, contextOf(configuration, warm.target.stream, requestId));
    if (!outcome.ok && outcome.error.errorType === "Sandbox.Timedout")
      log.write(warm.target, outcome.error.errorMessage);
    log.write(
      warm.target,
      `REPORT RequestId: ${requestId}\tDuration: ${(clock() - start).toFixed(2)} ms\tMemory Size: ${configuration.memorySize} MB`,
    );
    return { outcome, log: warm.printed.join("\n") };
  }

  async #start(): Promise<Warm> {
    const { configuration, log, assumeRole, clock } = this.#options;
    const [credentials, node] = await Promise.all([assumeRole(configuration), nodeOf(configuration.runtime)]);
    const { account, region, logGroup: group } = configuration;
    const target = { account, region, group, stream: streamName(clock()) };
    const printed: string[] = [];
    if (node.unlike !== undefined)
      log.write(
        target,
        `Not ${configuration.runtime}: Node ${process.versions.node} runs, since ${node.unlike}`,
      );
    const sandbox = new Sandbox({
      taskRoot: this.#taskRoot,
      environment: environmentOf(
        configuration,
        credentials,
        { taskRoot: this.#taskRoot, logStream: target.stream },
        process.env["PATH"] ?? "",
      ),
      memorySize: configuration.memorySize,
      timeout: configuration.timeout,
      egressPort: this.#egress.port,
      node: node.path,
      clock,
      print: (line) => {
        printed.push(line);
        log.write(target, line);
      },
    });
    return {
      expiresAt: credentials.expiresAt,
      target,
      printed,
      get alive() {
        return sandbox.alive;
      },
      invoke: (event, context) => sandbox.invoke(event, context),
      stop: () => sandbox.stop(),
    };
  }
}

function contextOf(
  configuration: FunctionConfiguration,
  logStreamName: string,
  awsRequestId: string,
): InvocationContext {
  return {
    awsRequestId,
    functionName: configuration.name,
    functionVersion: "$LATEST",
    invokedFunctionArn: configuration.arn,
    memoryLimitInMB: String(configuration.memorySize),
    logGroupName: configuration.logGroup,
    logStreamName,
  };
}

function streamName(now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[$LATEST]${randomBytes(16).toString("hex")}`;
}
