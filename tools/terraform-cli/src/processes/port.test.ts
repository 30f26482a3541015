import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { freePort } from "./port";

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

describe("a free port", () => {
  it("is the preferred one when that is free", async () => {
    const preferred = await freePort();
    expect(await freePort(preferred)).toBe(preferred);
  });

  it("is another one when the preferred one is in use", async () => {
    const server = await listen(0);
    const { port: taken } = server.address() as AddressInfo;
    const port = await freePort(taken);
    expect(port).not.toBe(taken);
    const proof = await listen(port);
    proof.close();
    server.close();
  });
});
