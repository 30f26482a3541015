import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/**
 * A TCP port of 127.0.0.1 that is free now: the preferred one if it is free, else one that the system chooses.
 *
 * The port is not reserved: another program may take it before the caller listens on it.
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await tryPort(preferred)) !== undefined) return preferred;
  const port = await tryPort(0);
  if (port === undefined) throw new Error("no port of 127.0.0.1 is free");
  return port;
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host: "127.0.0.1", exclusive: true });
    await once(server, "listening");
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return bound;
}

function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EADDRINUSE" || code === "EACCES";
}
