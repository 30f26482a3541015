/**
 * Loaded before a function's own code (`node --import …/bootstrap.mjs?egress=PORT`). Sends every HTTP and HTTPS request
 * of the process to the function's egress on this machine, in a tunnel that is opened first (CONNECT host:port), so that
 * a name that does not exist and a host that never answers look to the code as they do in AWS.
 */
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { clearTimeout, setTimeout } from "node:timers";
import { urlToHttpOptions } from "node:url";

const egressPort = Number(new URL(import.meta.url).searchParams.get("egress"));

/** The egress's status in reply to CONNECT, and the error code that the function's code sees for it. */
const FAILURES = { 404: "ENOTFOUND", 504: "ETIMEDOUT" };

/** Event of a request that is aborted before it has a connection. */
const GIVEN_UP = Symbol("given up");

class TunnelAgent extends http.Agent {
  addRequest(request, options) {
    super.addRequest(request, { ...options, onGivenUp: (listener) => request.once(GIVEN_UP, listener) });
  }

  createConnection(options, callback) {
    const socket = net.connect(egressPort, "127.0.0.1");
    const target = `${options.host}:${options.port}`;
    let failed = false;
    const fail = (code, error) => {
      if (failed) return;
      failed = true;
      socket.destroy();
      const syscall = code === "ENOTFOUND" ? "getaddrinfo" : "connect";
      callback(
        error ??
          Object.assign(new Error(`${syscall} ${code} ${target}`), { code, syscall, hostname: options.host }),
      );
    };
    const onError = () => fail("ECONNRESET");
    options.onGivenUp((error) => fail("ECONNRESET", error));
    socket.once("error", onError);
    socket.once("close", onError);
    socket.once("data", (answer) => {
      socket.off("error", onError);
      socket.off("close", onError);
      const status = Number(answer.toString("latin1").split(" ")[1]);
      if (status === 200) callback(null, socket);
      else fail(FAILURES[status] ?? "ECONNREFUSED");
    });
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  }
}

const tunnels = new TunnelAgent({ keepAlive: true });
const plainRequest = http.request;

/**
 * Node gives a request its socket before the socket is connected, but this agent only once the tunnel is open. Until then
 * this function applies the request's timeout and notices when the request is destroyed.
 */
function watchWhileConnecting(request, options) {
  const arm = (milliseconds) => {
    if (!(milliseconds > 0) || request.socket) return;
    const timer = setTimeout(() => request.socket ?? request.emit("timeout"), milliseconds);
    request.once("socket", () => clearTimeout(timer));
    request.once("close", () => clearTimeout(timer));
  };
  const { setTimeout: setTimeoutOf, destroy } = request;
  request.setTimeout = (milliseconds, callback) => {
    arm(milliseconds);
    return setTimeoutOf.call(request, milliseconds, callback);
  };
  request.destroy = (error) => {
    destroy.call(request, error);
    request.emit(GIVEN_UP, error);
    return request;
  };
  arm(options.timeout);
  return request;
}

/** `request` of node:http or node:https, through the tunnel. */
function tunnelled(defaultPort) {
  return (input, optionsOrCallback, maybeCallback) => {
    const isUrl = typeof input === "string" || input instanceof URL;
    const given = isUrl ? (typeof optionsOrCallback === "object" ? optionsOrCallback : {}) : input;
    const callback = typeof optionsOrCallback === "function" ? optionsOrCallback : maybeCallback;
    const options = { ...(isUrl ? urlToHttpOptions(new URL(input)) : {}), ...given };
    Object.assign(options, {
      protocol: "http:",
      agent: tunnels,
      defaultPort,
      port: options.port || defaultPort,
    });
    delete options.createConnection;
    return watchWhileConnecting(plainRequest(options, callback), options);
  };
}

for (const [module, defaultPort] of [
  [http, 80],
  [https, 443],
]) {
  module.request = tunnelled(defaultPort);
  module.get = (...args) => {
    const request = module.request(...args);
    request.end();
    return request;
  };
}
syncBuiltinESMExports();

// fetch has its own HTTP client, without a tunnel: the host goes in a header instead.
const plainFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new globalThis.Request(input, init);
  const { origin, pathname, search } = new URL(request.url);
  const moved = new globalThis.Request(`http://127.0.0.1:${egressPort}${pathname}${search}`, request);
  moved.headers.set("x-local-origin", origin);
  return await plainFetch(moved);
};
