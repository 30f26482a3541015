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

/** A server that answers anything, and prints where it listens. */
const ANSWERING = `
  const port = Number(process.argv[process.argv.indexOf("-p") + 1]);
  require("node:http").createServer((q, r) => r.end("{}")).listen(port, "127.0.0.1", () => console.log("up", process.env.MOTO_IAM_LOAD_MANAGED_POLICIES));
`;

describe("startMotoServer", () => {
  it("waits until moto answers, and keeps what it prints", async () => {
    const logFile = join(directory, "moto.log");
    const server = await startMotoServer({ command: await script(ANSWERING), logFile });
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
    expect(server.failure()).toBeUndefined();
    await server.stop();
    expect(server.failure()).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
    expect(await readFile(logFile, "utf8")).toContain("up true");
  });

  it("says how moto ended when it does not come up, and where its output is", async () => {
    const logFile = join(directory, "moto.log");
    const started = startMotoServer({ command: await script("process.exit(3)"), logFile });
    await expect(started).rejects.toMatchObject({ name: "MotoUnavailable" });
    await expect(started).rejects.toThrow(`exit code 3); its output is in ${logFile}`);
  });

  it("says so when moto ends by itself later on", async () => {
    const command = await script(`${ANSWERING} process.once("SIGUSR2", () => process.exit(7));`);
    const server = await startMotoServer({ command, logFile: join(directory, "moto.log") });
    await fetch(`http://127.0.0.1:${server.port}/`);
    process.kill(server.pid, "SIGUSR2");
    expect((await server.failed).message).toContain("exit code 7");
    expect(server.failure()?.message).toContain("exit code 7");
    await server.stop();
  });

  it("says so when there is no such program", async () => {
    const started = startMotoServer({
      command: join(directory, "absent"),
      logFile: join(directory, "moto.log"),
    });
    await expect(started).rejects.toThrow(/absent ENOENT/);
  });
});

describe("motoEnvironment", () => {
  it("drops settings of moto's and of AWS's, so that accounts stay apart", () => {
    const own = { PATH: "/bin", MOTO_ACCOUNT_ID: "1", AWS_PROFILE: "real", HOME: "/home" };
    expect(motoEnvironment(own)).toEqual({
      PATH: "/bin",
      HOME: "/home",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    });
  });
});
