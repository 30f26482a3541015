import type { RequestListener } from "node:http";
import { requestJwks } from "./jwks-request";
import { type JwksServer, startJwksServer } from "./testing/issuer";

let server: JwksServer;

beforeEach(async () => {
  server = await startJwksServer();
});

afterEach(() => server.close());

const SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n";

function failing(reason: string): object {
  return { name: "JwksUnavailable", code: "jwks_unavailable", reason };
}

describe("requestJwks", () => {
  it("reads the document", async () => {
    await expect(requestJwks(server.uri, 5000)).resolves.toEqual({ keys: [] });
  });

  it.each<[string, string, RequestListener]>([
    ["a server error", "status", (_, response) => response.writeHead(503).end("{}")],
    ["a redirect", "status", (_, response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["another protocol", "connection", (request) => request.socket.end(SWITCHING)],
    ["text", "malformed", (_, response) => response.end("<html>")],
    ["no text", "malformed", (_, response) => response.end()],
    ["JSON without keys", "malformed", (_, response) => response.end("{}")],
    ["JSON that is no object", "malformed", (_, response) => response.end("null")],
    ["a huge document", "malformed", (_, response) => response.end(`{"keys":"${"a".repeat(300_000)}"}`)],
    ["a connection that closes", "connection", (request) => request.socket.destroy()],
    [
      "a body that ends early",
      "connection",
      (request, response) => {
        response.writeHead(200, { "content-length": 100 }).write('{"keys"', () => request.socket.destroy());
      },
    ],
  ])("names the failure of %s", async (_case, reason, answer) => {
    server.answer(answer);
    await expect(requestJwks(server.uri, 5000)).rejects.toMatchObject(failing(reason));
    expect(server.requests).toEqual(["/keys"]);
  });

  it("names a server that is not there", async () => {
    await server.close();
    await expect(requestJwks(server.uri, 5000)).rejects.toMatchObject(failing("connection"));
  });

  it("gives up on a server that never answers", async () => {
    server.answer(() => undefined);
    await expect(requestJwks(server.uri, 30)).rejects.toMatchObject(failing("timeout"));
  });

  it("gives up on a server that drips, although it is never idle for long", async () => {
    server.answer((_, response) => {
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => {
        clearInterval(drip);
      });
    });
    await expect(requestJwks(server.uri, 60)).rejects.toMatchObject(failing("timeout"));
  });
});
