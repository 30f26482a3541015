import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** An error in the format of Lambda's replies. */
interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type InvocationOutcome =
  { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly error: FunctionError };

/** The handler's context argument. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface SandboxOptions {
  /** Folder that holds the unzipped code. */
  readonly taskRoot: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Megabytes. */
  readonly memorySize: number;
  /** Seconds for one invocation. */
  readonly timeout: number;
  readonly egressPort: number;
  /** Path of the Node program that runs it. */
  readonly node: string;
  /** Gets each line that the process prints. */
  readonly print: (line: string) => void;
  readonly clock: () => number;
}

type Message =
  | { readonly type: "ready" }
  | { readonly type: "failed" | "error"; readonly error: FunctionError }
  | { readonly type: "result"; readonly payload: string };

const CHILD_FOLDER = join(__dirname, "child");
const BOOTSTRAP = pathToFileURL(join(CHILD_FOLDER, "bootstrap.mjs"));
/** Lambda's limit on loading the code. */
const INIT_SECONDS = 10;

/** Running processes, which are killed when this process exits for any reason. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** One process of a function. Runs one invocation at a time, and stays warm for the next. */
export class Sandbox {
  readonly #child: ChildProcess;
  readonly #options: SandboxOptions;
  readonly #ready: Promise<InvocationOutcome>;
  #exited = false;

  constructor(options: SandboxOptions) {
    this.#options = options;
    const bootstrap = new URL(`?egress=${options.egressPort}`, BOOTSTRAP);
    this.#child = fork(join(CHILD_FOLDER, "runtime.mjs"), [], {
      cwd: options.taskRoot,
      env: options.environment,
      execPath: options.node,
      // Without `execArgv` the child would inherit the flags of this process, such as its TypeScript loader.
      execArgv: [`--max-old-space-size=${options.memorySize}`, "--import", bootstrap.href],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    running.add(this.#child);
    this.#child.once("exit", () => {
      this.#exited = true;
      running.delete(this.#child);
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", options.print);
    }
    this.#ready = this.#answer(Math.max(INIT_SECONDS, options.timeout), "-");
  }

  /** False once the process has ended, after a timeout or an uncaught error. */
  get alive(): boolean {
    return !this.#exited && !this.#child.killed;
  }

  /** Runs the handler once. The time to load the code does not count towards the timeout. */
  async invoke(event: unknown, context: InvocationContext): Promise<InvocationOutcome> {
    const ready = await this.#ready;
    if (!ready.ok) {
      this.#child.kill("SIGKILL");
      return ready;
    }
    const { timeout, clock } = this.#options;
    const answer = this.#answer(timeout, context.awsRequestId);
    this.#child.send({ event, context: { ...context, deadlineMs: clock() + timeout * 1000 } });
    return await answer;
  }

  async stop(): Promise<void> {
    if (this.#exited) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }

  /** Resolves with the next message, the end of the process, or the timeout. */
  async #answer(seconds: number, requestId: string): Promise<InvocationOutcome> {
    return await new Promise((resolve) => {
      const settle = (outcome: InvocationOutcome): void => {
        clearTimeout(timer);
        this.#child.off("message", onMessage);
        this.#child.off("exit", onExit);
        this.#child.off("error", onError);
        resolve(outcome);
      };
      const onMessage = (message: Message): void => {
        settle(outcomeOf(message));
      };
      const onExit = (code: number | null, signal: string | null): void => {
        settle(exitError(requestId, code, signal));
      };
      const onError = (error: Error): void => {
        settle(failure("Runtime.ExitError", error.message));
      };
      const timer = setTimeout(() => {
        this.#child.kill("SIGKILL");
        settle(
          failure(
            "Sandbox.Timedout",
            `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
          ),
        );
      }, seconds * 1000);
      this.#child.on("message", onMessage);
      this.#child.once("exit", onExit);
      this.#child.once("error", onError);
      if (this.#exited) onExit(this.#child.exitCode, this.#child.signalCode);
    });
  }
}

function outcomeOf(message: Message): InvocationOutcome {
  switch (message.type) {
    case "ready":
      return { ok: true, payload: "" };
    case "result":
      return { ok: true, payload: message.payload };
    case "failed":
    case "error":
      return { ok: false, error: message.error };
  }
}

function exitError(requestId: string, code: number | null, signal: string | null): InvocationOutcome {
  const how = signal === null ? `exit status ${String(code)}` : `signal: ${signal}`;
  return failure("Runtime.ExitError", `RequestId: ${requestId} Error: Runtime exited with error: ${how}`);
}

function failure(errorType: string, errorMessage: string): InvocationOutcome {
  return { ok: false, error: { errorType, errorMessage } };
}
