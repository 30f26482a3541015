/**
 * The process that a function's code runs in. Over IPC it says `ready` or `failed` once, and then answers each `invoke`
 * with `result` or `error`. Ends when its parent does.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.once("disconnect", () => process.exit(0));

/** An error in the format of Lambda's replies. */
function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

function fault(errorType, errorMessage) {
  return Object.assign(new Error(errorMessage), { name: errorType });
}

/** `index.handler` is the export `handler` of index.mjs, index.js or index.cjs. */
async function load(handlerName) {
  const dot = handlerName.lastIndexOf(".");
  const [modulePath, exportName] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const base = join(process.env.LAMBDA_TASK_ROOT, modulePath);
  const file = [".js", ".mjs", ".cjs"]
    .map((extension) => base + extension)
    .find((candidate) => existsSync(candidate));
  if (!file) throw fault("Runtime.ImportModuleError", `Error: Cannot find module '${modulePath}'`);
  const loaded = await import(pathToFileURL(file).href);
  const handler = loaded[exportName] ?? loaded.default?.[exportName];
  if (handler === undefined)
    throw fault("Runtime.HandlerNotFound", `${handlerName} is undefined or not exported`);
  if (typeof handler !== "function")
    throw fault("Runtime.HandlerNotFound", `${handlerName} is not a function`);
  return handler;
}

function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    const answersItself = typeof returned?.then === "function" || handler.length < 3;
    if (answersItself) Promise.resolve(returned).then(resolve, reject);
  });
}

function contextOf({ deadlineMs, ...fields }) {
  return {
    ...fields,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function send(message) {
  if (process.connected) process.send(message);
}

async function answer(handler, { event, context }) {
  try {
    const result = await call(handler, event, contextOf(context));
    send({ type: "result", payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    send({ type: "error", error: describe(error) });
  }
}

/** Ends the process after an uncaught error, as Lambda does; it first sends the error to the parent. */
function end(error) {
  console.error(`${error.errorType}: ${error.errorMessage}`);
  if (process.connected) process.send({ type: "error", error }, () => process.exit(129));
  else process.exit(129);
}

process.on("uncaughtException", (error) => end(describe(error)));
process.on("unhandledRejection", (reason) =>
  end({ ...describe(reason), errorType: "Runtime.UnhandledPromiseRejection" }),
);

try {
  const handler = await load(process.env._HANDLER);
  process.on("message", (message) => void answer(handler, message));
  send({ type: "ready" });
} catch (error) {
  send({ type: "failed", error: describe(error) });
}
