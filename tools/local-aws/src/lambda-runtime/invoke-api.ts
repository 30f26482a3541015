import type { AwsCall, Reply } from "../server/call";
import { parseFunctionName } from "./function-configuration";
import { FunctionMissing, type LambdaRuntime } from "./lambda-runtime";
import { AwsError } from "../server/aws-error";

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
/** Lambda returns the last 4 KB of the log. */
const TAIL_BYTES = 4096;

/** The function that a call invokes, as the caller names it; undefined for every other call. */
export function invokedFunction({ service, method, url }: AwsCall): string | undefined {
  const name = service === "lambda" && method === "POST" ? INVOCATIONS.exec(url.pathname)?.[1] : undefined;
  return name === undefined ? undefined : decodeURIComponent(name);
}

/**
 * Lambda's Invoke for signed calls. moto's own Invoke answers 200 to every call.
 *
 * @returns undefined for every other call
 * @throws {AwsError} ResourceNotFoundException, InvalidRequestContentException
 */
export async function invokeFunction(
  runtime: Pick<LambdaRuntime, "invoke">,
  call: AwsCall,
): Promise<Reply | undefined> {
  const name = invokedFunction(call);
  if (name === undefined) return undefined;
  const id = parseFunctionName(name, call);
  const event = parseEvent(call.body);
  switch (call.headers["x-amz-invocation-type"] ?? "RequestResponse") {
    case "DryRun":
      return answer(204, "");
    case "Event":
      // Nobody waits for an asynchronous invocation; the function's log has its error.
      void runtime.invoke(id, event, call.requestId).catch(() => undefined);
      return answer(202, "");
    default:
      return await invokeAndWait(runtime, call, id, event);
  }
}

async function invokeAndWait(
  runtime: Pick<LambdaRuntime, "invoke">,
  call: AwsCall,
  id: ReturnType<typeof parseFunctionName>,
  event: unknown,
): Promise<Reply> {
  const { outcome, log } = await runtime.invoke(id, event, call.requestId).catch(missing);
  const tail =
    call.headers["x-amz-log-type"] === "Tail" && Buffer.from(log).subarray(-TAIL_BYTES).toString("base64");
  return answer(200, outcome.ok ? outcome.payload : JSON.stringify(outcome.error), {
    "x-amz-executed-version": "$LATEST",
    "x-amzn-requestid": call.requestId,
    ...(!outcome.ok && { "x-amz-function-error": "Unhandled" }),
    ...(tail !== false && { "x-amz-log-result": tail }),
  });
}

function parseEvent(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new AwsError("InvalidRequestContentException", "Could not parse request body into json");
  }
}

function missing(error: unknown): never {
  if (error instanceof FunctionMissing) throw new AwsError("ResourceNotFoundException", error.message, 404);
  throw error;
}

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: Buffer.from(body) };
}
