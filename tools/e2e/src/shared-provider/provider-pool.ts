import { createHash } from "node:crypto";

import { call, unframed } from "./grpc";
import { ProviderProcess, type ProviderProgram } from "./provider-process";

/**
 * Configured providers that are kept although no run of Terraform uses them; each takes some 140 MB beside what all share.
 * The commands of a whole deployment need 42 configurations, mostly one after the other: with 12 kept, 66 of 153
 * requests to configure one started it, which takes a second of CPU.
 */
const IDLE = 16;

/** A provider that a `Configure` request has configured. */
export interface ConfiguredProvider {
  readonly provider: ProviderProcess;
  /** Its answer to the request. */
  readonly answer: Buffer;
}

/** Running providers, one for each configuration: an account, in an environment. */
export class ProviderPool {
  readonly #path: string;
  readonly #idle: number;
  /** By the digest of what they were started and configured with; those used last come last. */
  readonly #configured = new Map<string, Promise<ConfiguredProvider>>();
  readonly #running = new Set<ProviderProcess>();
  /** A provider without a configuration, which validates and knows the schema. */
  #unconfigured: Promise<ProviderProcess> | undefined;
  /** Its answers by the digest of the request. */
  readonly #answers = new Map<string, Promise<Buffer>>();
  #isClosed = false;

  /**
   * @param path of the provider's program
   * @param idle - providers that are kept for later runs
   */
  constructor(path: string, idle = IDLE) {
    this.#path = path;
    this.#idle = idle;
  }

  async unconfigured(): Promise<ProviderProcess> {
    this.#unconfigured ??= this.#start({ path: this.#path, cwd: "/", environment: {} });
    return this.#unconfigured;
  }

  /** The framed answer of a provider without a configuration to a request whose answer is always the same. */
  async unchanging(method: "GetSchema" | "PrepareProviderConfig", request: Buffer): Promise<Buffer> {
    const key = digestOf(method, request);
    const ask = async (): Promise<Buffer> =>
      call((await this.unconfigured()).session, `/tfplugin5.Provider/${method}`, request);
    const known = this.#answers.get(key) ?? ask();
    this.#answers.set(key, known);
    return known;
  }

  /** A provider that was started so and has answered this request; it counts as used until {@link release}. */
  async configured(request: Buffer, started: Omit<ProviderProgram, "path">): Promise<ConfiguredProvider> {
    const key = digestOf(JSON.stringify(started), request);
    const running = this.#configured.get(key) ?? this.#configure(request, started);
    this.#configured.delete(key);
    this.#configured.set(key, running);
    const found = await running.catch((error: unknown) => {
      this.#configured.delete(key);
      throw error;
    });
    found.provider.users += 1;
    // An answer with a message is a warning or an error, which the next run is to hear from the provider itself.
    if (unframed(found.answer).length > 0) this.#configured.delete(key);
    return found;
  }

  /** One run of Terraform no longer uses the provider. */
  async release(provider: ProviderProcess): Promise<void> {
    provider.users -= 1;
    const shared = new Set<ProviderProcess>();
    const idle: [string, ProviderProcess][] = [];
    for (const [key, one] of await this.#started()) {
      shared.add(one);
      if (one.users === 0) idle.push([key, one]);
    }
    if (!shared.has(provider) && provider.users === 0) this.#stop(provider);
    for (const [key, one] of idle.slice(0, -this.#idle)) {
      this.#configured.delete(key);
      this.#stop(one);
    }
  }

  /** Gives the provider to no further run: Terraform has told it to stop. */
  async retire(provider: ProviderProcess): Promise<void> {
    for (const [key, one] of await this.#started()) if (one === provider) this.#configured.delete(key);
  }

  close(): void {
    this.#isClosed = true;
    for (const provider of this.#running) provider.stop();
  }

  /** The configured providers that run. */
  async #started(): Promise<readonly (readonly [string, ProviderProcess])[]> {
    const all = [...this.#configured].map(async ([key, running]) => {
      const found = await running.catch(() => undefined);
      return found === undefined ? [] : [[key, found.provider] as const];
    });
    return (await Promise.all(all)).flat();
  }

  async #configure(request: Buffer, started: Omit<ProviderProgram, "path">): Promise<ConfiguredProvider> {
    const provider = await this.#start({ path: this.#path, ...started });
    try {
      return { provider, answer: await call(provider.session, "/tfplugin5.Provider/Configure", request) };
    } catch (error) {
      this.#stop(provider);
      throw error;
    }
  }

  async #start(program: ProviderProgram): Promise<ProviderProcess> {
    const provider = await ProviderProcess.start(program);
    this.#running.add(provider);
    if (this.#isClosed) provider.stop();
    return provider;
  }

  #stop(provider: ProviderProcess): void {
    this.#running.delete(provider);
    provider.stop();
  }
}

function digestOf(what: string, request: Buffer): string {
  return createHash("sha256").update(what).update(request).digest("hex");
}
