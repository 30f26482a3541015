import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { call, framed, unframed } from "./grpc";
import type { ProviderProcess } from "./provider-process";
import { ProviderPool } from "./provider-pool";

// Each provider is a process, which takes seconds to start on a busy machine.
jest.setTimeout(60_000);

/**
 * Answers `Configure` with nothing, or with the request where it is "warn", `PrepareProviderConfig` with the number of the
 * call, and every other call with its process's id.
 */
const FAKE = `#!${process.execPath}
const { createServer } = require("node:http2");
const framed = (text) => Buffer.concat([Buffer.from([0, 0, 0, 0, text.length]), Buffer.from(text)]);
const server = createServer();
let prepared = 0;
server.on("stream", (stream, headers) => {
  const chunks = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  stream.on("end", () => {
    const said = Buffer.concat(chunks).subarray(5).toString();
    const method = headers[":path"].split("/").at(-1);
    const configured = said === "warn" ? said : "";
    const texts = { Configure: () => configured, PrepareProviderConfig: () => String(++prepared) };
    const text = (texts[method] ?? (() => String(process.pid)))();
    stream.respond({ ":status": 200 }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": said === "fail" ? "13" : "0" }));
    stream.end(framed(text));
  });
});
const address = process.argv[1] + "." + process.pid + ".sock";
server.listen(address, () => console.log("1|5|unix|" + address + "|grpc|"));
`;

const IDLE = 3;
const ENVIRONMENT = { AWS_REGION: "eu-west-1" };

describe("the pool of providers", () => {
  let folder: string;
  let pool: ProviderPool;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pool-"));
    await writeFile(join(folder, "provider"), FAKE, { mode: 0o755 });
    pool = new ProviderPool(join(folder, "provider"), IDLE);
  });

  afterEach(async () => {
    pool.close();
    await rm(folder, { recursive: true });
  });

  async function configured(
    request: string,
    environment: Record<string, string> = ENVIRONMENT,
  ): Promise<ProviderProcess> {
    const { provider } = await pool.configured(framed(Buffer.from(request)), { cwd: folder, environment });
    return provider;
  }

  async function idOf({ session }: ProviderProcess): Promise<number> {
    return Number(unframed(await call(session, "/tfplugin5.Provider/ReadResource", framed(Buffer.alloc(0)))));
  }

  it("has one process for one configuration, and others for others", async () => {
    const [one, same] = await Promise.all([configured("account a"), configured("account a")]);
    expect(same).toBe(one);
    const ids = [one, await configured("account b"), await configured("account a", {})].map(idOf);
    expect(new Set(await Promise.all(ids)).size).toBe(3);
  });

  it("keeps a process that nobody uses for the next run", async () => {
    const one = await configured("account a");
    await pool.release(one);
    expect(await configured("account a")).toBe(one);
  });

  it("gives a process that was told to stop to nobody, and ends it", async () => {
    const one = await configured("account a");
    const id = await idOf(one);
    await pool.retire(one);
    expect(await configured("account a")).not.toBe(one);
    await pool.release(one);
    await expect(idOf(one)).rejects.toThrow();
    await expectEnded(id);
  });

  it("ends the processes that were not used for longest", async () => {
    const accounts = ["a", "b", "c", "d"];
    const all = [];
    for (const account of accounts) all.push(await configured(account));
    const [first, ...others] = all as [ProviderProcess, ...ProviderProcess[]];
    const id = await idOf(first);
    for (const one of all) await pool.release(one);
    await expectEnded(id);
    for (const [index, one] of others.entries())
      expect(await configured(accounts[index + 1] ?? "")).toBe(one);
  });

  it("lets every run hear a warning from a process of its own", async () => {
    expect(await configured("warn")).not.toBe(await configured("warn"));
  });

  it("asks for each configuration once how it is prepared", async () => {
    const answers = ["a", "b", "a"].map(async (account) =>
      unframed(await pool.unchanging("PrepareProviderConfig", framed(Buffer.from(account)))).toString(),
    );
    const [one, other, again] = await Promise.all(answers);
    expect([one, other].sort()).toEqual(["1", "2"]);
    expect(again).toBe(one);
  });

  it("fails a configuration that failed, and tries the next one anew", async () => {
    await expect(configured("fail")).rejects.toThrow("Configure ended with the gRPC status 13");
    await expect(configured("fail")).rejects.toThrow("Configure ended with the gRPC status 13");
  });
});

async function expectEnded(id: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      return process.kill(id, 0);
    } catch {
      return false;
    }
  };
  for (let tries = 0; isThere() && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isThere()).toBe(false);
}
