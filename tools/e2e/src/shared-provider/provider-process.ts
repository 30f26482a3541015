import { spawn, type ChildProcess } from "node:child_process";
import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { connect } from "node:net";
import { createInterface } from "node:readline";

/** What Terraform's plugins expect of whoever starts them. Source: terraform-plugin-go, internal/tfplugin "Handshake" */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5",
};

/** Memory that a session's messages may take, in MB: the whole schema of the AWS provider is one message. */
const SESSION_MB = 1000;

export interface ProviderProgram {
  /** Path of the provider's program. */
  readonly path: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A running provider. It may serve several runs of Terraform at a time. */
export class ProviderProcess {
  readonly session: ClientHttp2Session;
  /** Runs of Terraform that it serves now. */
  users = 0;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, session: ClientHttp2Session) {
    this.#child = child;
    this.session = session;
  }

  static async start({ path, cwd, environment }: ProviderProgram): Promise<ProviderProcess> {
    const { GOGC } = process.env;
    const child = spawn(path, {
      cwd,
      env: { ...environment, ...HANDSHAKE, ...(GOGC === undefined ? {} : { GOGC }) },
      stdio: ["ignore", "pipe", "ignore"],
    });
    // One line: core protocol, plugin protocol, network, address, kind of protocol.
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("error", reject);
      child.once("close", (code) => {
        reject(new Error(`${path} ended with ${code ?? "a signal"}`));
      });
    });
    const [, , network, address = ""] = line.split("|");
    if (network !== "unix") throw new Error(`${path} listens on ${network ?? "nothing"}, not on a socket`);
    const session = connectHttp2("http://localhost", {
      createConnection: () => connect(address),
      maxSessionMemory: SESSION_MB,
    });
    // Calls that are under way fail by themselves.
    session.on("error", () => undefined);
    return new ProviderProcess(child, session);
  }

  stop(): void {
    this.session.destroy();
    this.#child.kill("SIGKILL");
  }
}
