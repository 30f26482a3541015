import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { motoEnvironment, startMotoServer } from "./moto-server";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "moto-server-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function script(text: string): Promise<string> {
  const path = join(directory, "moto_server");
  await writeFile(path, `#!/usr/bin/env node\n${text}`);
  await chmod(path, 0o755);
  return path;
}

/** A server that answers every request, and prints its port. */
const ANSWERING = `
  const port = Number(process.argv[process.argv.indexOf("-p") + 1]);
  require("node:http").createServer((q, r) => r.end("{}")).listen(port, "127.0.0.1", () => console.log("up", process.env.MOTO_IAM_LOAD_MANAGED_POLICIES));
`;

describe("startMotoServer", () => {
  it("waits until moto answers, and writes its output to the log file", async () => {
    const logFile = join(directory, "moto.log");
    const server = await startMotoServer({ command: await script(ANSWERING), logFile });
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
    expect(server.failure()).toBeUndefined();
    await server.stop();
    expect(server.failure()).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
    expect(await readFile(logFile, "utf8")).toContain("up true");
  });

  it("throws with moto's exit code and log file when it does not start", async () => {
    const logFile = join(directory, "moto.log");
    const started = startMotoServer({ command: await script("process.exit(3)"), logFile });
    await expect(started).rejects.toMatchObject({ name: "MotoUnavailable" });
    await expect(started).rejects.toThrow(`exit code 3); its output is in ${logFile}`);
  });

  it("reports when moto ends by itself later", async () => {
    const command = await script(`${ANSWERING} process.once("SIGUSR2", () => process.exit(7));`);
    const server = await startMotoServer({ command, logFile: join(directory, "moto.log") });
    await fetch(`http://127.0.0.1:${server.port}/`);
    process.kill(server.pid, "SIGUSR2");
    expect((await server.failed).message).toContain("exit code 7");
    expect(server.failure()?.message).toContain("exit code 7");
    await server.stop();
  });

  it("throws when there is no such program", async () => {
    const started = startMotoServer({
      command: join(directory, "absent"),
      logFile: join(directory, "moto.log"),
    });
    await expect(started).rejects.toThrow(/absent ENOENT/);
  });
});

describe("motoEnvironment", () => {
  it("drops moto's and AWS's settings, so that accounts stay separate", () => {
    const own = { PATH: "/bin", MOTO_ACCOUNT_ID: "1", AWS_PROFILE: "real", HOME: "/home" };
    expect(motoEnvironment(own)).toEqual({
      PATH: "/bin",
      HOME: "/home",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    });
  });
});
