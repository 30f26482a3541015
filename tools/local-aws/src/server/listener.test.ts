import { request as httpRequest } from "node:http";
import { createServer } from "node:net";

import { jsonAnswer } from "../services/testing/fake-moto";
import type { Reply } from "./call";
import { listen, PortTaken, type Listener } from "./listener";
import type { HttpRequest } from "./parse-call";

const open: Listener[] = [];

async function start(answer: (request: HttpRequest) => Reply): Promise<Listener> {
  const listener = await listen({ dispatch: (request) => Promise.resolve(answer(request)) }, 0);
  open.push(listener);
  return listener;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

describe("listen", () => {
  it("hands over method, path, headers and body, and answers with the reply", async () => {
    const { port } = await start(({ method, url, headers, body }) =>
      jsonAnswer({ method, path: url.pathname, kind: headers["x-kind"], body: body.toString() }, 201),
    );
    const response = await fetch(`http://127.0.0.1:${port}/a/b?c=d`, {
      method: "PUT",
      headers: { "x-kind": "k" },
      body: "hello",
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ method: "PUT", path: "/a/b", kind: "k", body: "hello" });
  });

  it("computes the content length from the body", async () => {
    const { port } = await start(() => ({
      status: 200,
      headers: { "content-length": "999" },
      body: Buffer.from("ab"),
    }));
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ab");
  });

  it("answers HEAD with the length alone", async () => {
    const { port } = await start(() => ({
      status: 200,
      headers: { "content-length": "42" },
      body: Buffer.alloc(0),
    }));
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "HEAD" });
    expect(response.headers.get("content-length")).toBe("42");
  });

  it("gives a 304 no length, which would be that of the body that the browser already has", async () => {
    const { port } = await start(() => ({ status: 304, headers: { etag: '"a"' }, body: Buffer.alloc(0) }));
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/`);
    expect([status, headers.get("etag"), headers.get("content-length")]).toEqual([304, '"a"', null]);
  });

  it("keeps running when a client disconnects in the middle of its request", async () => {
    const { port } = await start(() => jsonAnswer("here"));
    await new Promise<void>((resolve) => {
      const half = httpRequest({
        host: "127.0.0.1",
        port,
        method: "POST",
        headers: { "content-length": "10" },
      });
      half.on("error", () => {
        resolve();
      });
      half.write("12345", () => half.destroy(new Error("gone")));
    });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it("fails with PortTaken when the port is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        resolve();
      });
    });
    const { port } = other.address() as { port: number };
    await expect(listen({ dispatch: () => Promise.resolve(jsonAnswer("")) }, port)).rejects.toThrow(
      PortTaken,
    );
    other.close();
  });
});
