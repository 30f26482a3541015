import type { AwsCall, EndpointPath, Moto, Reply, ServiceHandler } from "./call";
import { AwsError, internalFailure, notImplemented } from "./aws-error";
import type { RequestCheck } from "../models/request-check";
import { MotoUnavailable } from "../moto/moto-unavailable";
import { crashRefusal } from "../services/crash-refusals";
import { refusalOfMissing } from "../services/missing-resource";
import { readCredential } from "./credential";
import type { CallInterceptor, CallObserver, HttpMount } from "./data-plane";
import { FORWARDED_SERVICES } from "./forwarded-services";
import { operationOf, parseCall, type AccountResolver, type HttpRequest } from "./parse-call";
import { errorReply, restJsonReply } from "./protocol";
import type { LogEntry, RequestLog } from "./request-log";

export interface RequestRouterOptions {
  readonly moto: Moto;
  /** Calls that were forwarded to moto; the log's `by` follows from it. */
  readonly forwarded: Pick<WeakSet<AwsCall>, "has">;
  readonly accounts: AccountResolver;
  /** The services that moto does not answer alone, by signing name. */
  readonly handlers: ReadonlyMap<string, ServiceHandler>;
  /** Refuses what AWS's model of the service does not allow, before anything else sees the call. */
  readonly check: RequestCheck;
  readonly mounts: readonly HttpMount[];
  readonly interceptors: readonly CallInterceptor[];
  readonly observers: readonly CallObserver[];
  readonly log: RequestLog;
}

/** Receives every request, from the network and from inside this process. */
export interface RequestRouter {
  /** Answers a request; never rejects. `endpoint` when it came through a VPC endpoint. */
  dispatch(request: HttpRequest, endpoint?: EndpointPath): Promise<Reply>;
}

interface LoggedReply {
  readonly reply: Reply;
  readonly entry: Pick<LogEntry, "service" | "account" | "by" | "fault">;
}

/** Routes each request to a mount, a service handler or moto, and answers any other with an error. */
export function createRequestRouter(options: RequestRouterOptions): RequestRouter {
  return {
    async dispatch(request, endpoint) {
      const start = performance.now();
      const { reply, entry } = await answer(options, request, endpoint);
      options.log.write({
        time: new Date().toISOString(),
        operation: operationOf(request),
        status: reply.status,
        ms: Math.round(performance.now() - start),
        ...(endpoint && { vpcEndpointId: endpoint.vpcEndpointId }),
        ...entry,
      });
      return reply;
    },
  };
}

async function answer(
  options: RequestRouterOptions,
  request: HttpRequest,
  endpoint: EndpointPath | undefined,
): Promise<LoggedReply> {
  try {
    const mount = mountFor(options, request);
    if (mount)
      return {
        reply: await mount.handle(request, endpoint),
        entry: { service: "mount", account: undefined, by: "local" },
      };
    const call = await parseCall(request, options.accounts, endpoint);
    if (call) return await answerCall(options, call);
    const reply = restJsonReply(
      { __type: "MissingAuthenticationToken", message: "the request is not signed" },
      403,
    );
    return { reply, entry: { service: "unknown", account: undefined, by: "local" } };
  } catch (error) {
    return {
      reply: restJsonReply({ __type: "InternalFailure", message: messageOf(error) }, 501),
      entry: { service: "unknown", account: undefined, by: "local", fault: faultOf(error) },
    };
  }
}

async function answerCall(options: RequestRouterOptions, call: AwsCall): Promise<LoggedReply> {
  const entry = (): LoggedReply["entry"] => ({
    service: call.service,
    account: call.account,
    by: options.forwarded.has(call) ? "moto" : "local",
  });
  try {
    const reply = await serve(options, call);
    if (reply.status < 300) for (const observe of options.observers) await observe(call, reply);
    return { reply, entry: entry() };
  } catch (error) {
    if (error instanceof AwsError) return { reply: errorReply(call, error), entry: entry() };
    const reply = errorReply(call, internalFailure(messageOf(error)));
    return { reply, entry: { ...entry(), fault: faultOf(error) } };
  }
}

async function serve(options: RequestRouterOptions, call: AwsCall): Promise<Reply> {
  const handler = options.handlers.get(call.service);
  const forwarded = FORWARDED_SERVICES.has(call.service);
  if (handler || forwarded) await options.check(call);
  for (const intercept of options.interceptors) {
    const reply = await intercept(call);
    if (reply) return reply;
  }
  if (!handler && !forwarded)
    throw notImplemented(call.service, call.operation, "the service is not one that Studio Access uses");
  try {
    return await (handler ? handler.handle(call) : options.moto.forward(call));
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "NotImplemented") throw error;
    const refusal = await refusalOfMissing(options.moto, call);
    if (refusal) return refusal;
    throw crashRefusal(call) ?? error;
  }
}

/** Mounts get unsigned requests, and calls that are signed for execute-api itself. */
function mountFor({ mounts }: RequestRouterOptions, request: HttpRequest): HttpMount | undefined {
  const service = readCredential(request.headers, request.url)?.service;
  if (service !== undefined && service !== "execute-api") return undefined;
  return mounts.find((mount) => mount.matches(request));
}

/** The message for the client. Other errors may hold a secret, so only the log shows them. */
function messageOf(error: unknown): string {
  return error instanceof MotoUnavailable ? error.message : "the local AWS failed; see its request log";
}

function faultOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : "a value that is no Error was thrown";
}
