import type { Refusal } from "@studio-access/shared-types";
import type { APIGatewayProxyResult } from "aws-lambda";
import { withDeadline } from "./deadline";
import type { Log, OperatorNote, Outcome } from "./log";
import { refusalAnswer, Refused } from "./refusal";

/** The part of Lambda's context that is read. */
export interface PresignContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface AnswerDeps {
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds within which a request is answered, even if a call hangs. */
  readonly deadlineMs: number;
}

/** The result of a request that succeeded. */
export interface Success {
  readonly outcome: Outcome;
  readonly answer: APIGatewayProxyResult;
}

export interface Work {
  readonly requestId: string;
  readonly context: PresignContext;
  /** Rejects with {@link Refused} for every reason that is known. */
  readonly run: (signal: AbortSignal) => Promise<Success>;
  /** The operator's request, as far as it is known by now; absent where users are served. */
  readonly operator?: () => OperatorNote;
  /** Body of a refusal. Without it, the caller is told the code alone. */
  readonly refusalBody?: (refusal: Refusal, error: Refused) => Refusal;
}

/** Time to write an answer before Lambda would end us without one, in milliseconds. */
const MARGIN_MS = 500;

/** The answer must stay in no cache, and its URL in no Referer header. */
export const ALWAYS = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };

export function json(statusCode: number, headers: object, body: object): APIGatewayProxyResult {
  const all = { ...ALWAYS, "Content-Type": "application/json", ...headers };
  return { statusCode, headers: all, body: JSON.stringify(body) };
}

/** Does the work in time, and answers and logs however it ends. */
export async function answer(work: Work, deps: AnswerDeps): Promise<APIGatewayProxyResult> {
  const { requestId, context, run, refusalBody } = work;
  const started = deps.now();
  const line = (): { requestId: string; milliseconds: number; operator?: OperatorNote } => ({
    requestId,
    milliseconds: deps.now() - started,
    ...(work.operator === undefined ? {} : { operator: work.operator() }),
  });
  try {
    const milliseconds = Math.min(deps.deadlineMs, context.getRemainingTimeInMillis() - MARGIN_MS);
    const { outcome, answer: done } = await withDeadline(milliseconds, run);
    deps.log({ level: outcome === "handed_over" ? "WARN" : "INFO", message: "opened", outcome, ...line() });
    return done;
  } catch (error) {
    // An error that is not ours may quote anything, so its message stays here.
    const known = error instanceof Refused ? error : new Refused("upstream_error", "internal_error");
    const refusal = refusalAnswer(known.code, requestId);
    deps.log({
      ...kindOf(refusal.status),
      code: known.code,
      reason: known.reason,
      ...(error === known ? {} : { error: error instanceof Error ? error.name : typeof error }),
      ...line(),
    });
    return json(refusal.status, refusal.headers, refusalBody?.(refusal.body, known) ?? refusal.body);
  }
}

/** How the log calls a request that ended without a URL. */
function kindOf(status: number) {
  if (status >= 500) return { level: "ERROR", message: "refused", outcome: "failed" } as const;
  if (status >= 400) return { level: "WARN", message: "refused", outcome: "refused" } as const;
  return { level: "INFO", message: "pending", outcome: "pending" } as const;
}
