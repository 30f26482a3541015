import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import {
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { STACK_FILE } from "@studio-access/terraform";

import { installedProvider } from "./installed-provider";
import { answer, bodyOf, forward, framed, refuse, unframed } from "./grpc";
import type { ProviderProcess } from "./provider-process";
import { ProviderPool } from "./provider-pool";
import { schemaOf } from "./schema";

/**
 * The program that Terraform starts as the provider. It tells the working folder and the variables, prints what a provider
 * prints, and ends with its connection.
 */
const program = (port: number): string => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
{ printf '%s\\0' "$PWD"; env -0; printf '\\0'; } >&3
IFS= read -r line <&3
printf '%s\\n' "$line"
exec cat <&3 >/dev/null
`;

/** The variables that the AWS provider reads. */
const READ = /^(AWS_(?!SDK_JS_)|TF_AWS_|TF_APPEND_USER_AGENT$|HOME$|SSL_CERT_|HTTPS?_PROXY$|NO_PROXY$)/i;

/** Where cdktf puts files that a stack names. */
const ASSETS = "assets";

/** Memory that a session's messages may take, in MB. */
const SESSION_MB = 1000;

/** How much Go programs may allocate before they collect garbage, in percent of what is in use: a fifth less CPU than with 100. */
const GOGC = "400";

/**
 * A mirror of the AWS provider that saves time: the runs of Terraform share running providers, and get the schemas of the
 * types in use alone. Each run and each account would start a provider otherwise, which takes two seconds of CPU, and
 * decode 1,500 schemas, which takes three.
 *
 * The provider is the real one, and it answers every call but these: the schema, and a second request to prepare or use a
 * configuration that is the same as one before. It prepares one by checking all its schemas, which takes a tenth of a second.
 */
export class SharedProvider {
  readonly #pool: ProviderPool;
  readonly #folder: string;
  readonly #server: Server;
  /** All that any stack has used so far, so that a state's resources are known which its stack has no more. */
  readonly #used = { resources: new Set<string>(), dataSources: new Set<string>() };
  /** One run after the other, so that none reads a file that another still copies. */
  #learning = Promise.resolve();
  #runs = 0;

  private constructor(pool: ProviderPool, folder: string) {
    this.#pool = pool;
    this.#folder = folder;
    this.#server = createServer((socket) => {
      socket.on("error", () => undefined);
      void this.#serve(socket).catch(() => socket.destroy());
    });
  }

  /** Finds the AWS provider as the stacks' Terraform does. From then on, this process's variables name the mirror. */
  static async start(): Promise<SharedProvider> {
    const folder = await mkdtemp(join(tmpdir(), "studio-access-provider-"));
    const { path, place } = await installedProvider(join(folder, "installed"));
    const shared = new SharedProvider(new ProviderPool(path), folder);
    await new Promise<void>((resolve) => shared.#server.listen(0, "127.0.0.1", resolve));
    const { port } = shared.#server.address() as AddressInfo;
    const mirror = join(folder, "mirror");
    const mirrored = join(mirror, place, basename(path));
    await mkdir(dirname(mirrored), { recursive: true });
    await mkdir(shared.#work);
    await writeFile(mirrored, program(port), { mode: 0o755 });
    Object.assign(process.env, {
      STUDIO_ACCESS_PROVIDER_MIRROR: mirror,
      // Terraform talks to a provider by TLS otherwise, with a certificate that only a provider of its own could show.
      TF_DISABLE_PLUGIN_TLS: "1",
      GOGC,
    });
    return shared;
  }

  async stop(): Promise<void> {
    this.#pool.close();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Serves one run of Terraform in one account, until the program in the mirror ends. */
  async #serve(socket: Socket): Promise<void> {
    const { cwd, environment } = await startedWith(socket);
    const learned = this.#learning.then(async () => this.#learn(cwd));
    this.#learning = learned.catch(() => undefined);
    await learned;
    const started = { cwd: this.#work, environment };
    let provider: ProviderProcess | undefined;
    const server = createHttp2Server({ maxSessionMemory: SESSION_MB });
    const serve = async (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> => {
      const [, service = "", method = ""] = (headers[":path"] ?? "").split("/");
      if (service === "plugin.GRPCController") {
        answer(stream, framed(Buffer.alloc(0)));
        socket.end();
      } else if (service.startsWith("plugin.")) refuse(stream, "unimplemented");
      else if (method === "GetSchema" || method === "PrepareProviderConfig") {
        const known = await this.#pool.unchanging(method, await bodyOf(stream));
        answer(stream, method === "GetSchema" ? framed(schemaOf(unframed(known), this.#used)) : known);
      } else if (method === "Configure") {
        const configured = await this.#pool.configured(await bodyOf(stream), started);
        provider = configured.provider;
        answer(stream, configured.answer);
      } else {
        if (method === "Stop" && provider !== undefined) await this.#pool.retire(provider);
        forward(stream, headers, (provider ?? (await this.#pool.unconfigured())).session);
      }
    };
    server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      void serve(stream, headers).catch((error: unknown) => {
        process.stderr.write(`The shared provider: ${String(error)}\n`);
        refuse(stream, "unavailable");
      });
    });
    this.#runs += 1;
    const address = join(this.#folder, `${this.#runs}.sock`);
    await new Promise<void>((resolve) => server.listen(address, resolve));
    socket.once("close", () => {
      server.close();
      if (provider !== undefined) void this.#pool.release(provider);
    });
    socket.resume();
    socket.write(`1|5|unix|${address}|grpc|\n`);
  }

  /** Folder of the providers. */
  get #work(): string {
    return join(this.#folder, "work");
  }

  /** Takes up the types of the stack in a folder, and its assets, whose paths are relative and hold a digest. */
  async #learn(folder: string): Promise<void> {
    const assets = join(folder, ASSETS);
    if (existsSync(assets)) await cp(assets, join(this.#work, ASSETS), { recursive: true, force: false });
    const { resource = {}, data = {} } = JSON.parse(await readFile(join(folder, STACK_FILE), "utf8")) as {
      readonly resource?: object;
      readonly data?: object;
    };
    for (const type of Object.keys(resource)) this.#used.resources.add(type);
    for (const type of Object.keys(data)) this.#used.dataSources.add(type);
  }
}

/** Reads what the program in the mirror tells: its folder, its variables, and an empty text at the end. */
async function startedWith(
  socket: Socket,
): Promise<{ readonly cwd: string; readonly environment: Readonly<Record<string, string>> }> {
  const text = await new Promise<string>((resolve, reject) => {
    let read = "";
    const onData = (chunk: Buffer): void => {
      read += chunk.toString("utf8");
      if (!read.endsWith("\0\0")) return;
      socket.off("data", onData);
      resolve(read);
    };
    socket.on("data", onData);
    socket.once("close", () => {
      reject(new Error("the program in the mirror ended at once"));
    });
  });
  const [cwd = "", ...variables] = text.split("\0").filter((part) => part !== "");
  const entries = variables
    .map((variable): [string, string] => {
      const at = variable.indexOf("=");
      return [variable.slice(0, at), variable.slice(at + 1)];
    })
    .filter(([name]) => READ.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { cwd, environment: Object.fromEntries(entries) };
}
