import type {
  OperatorEvent,
  OperatorRefusal,
  OperatorRequest,
  OperatorResult,
} from "@studio-access/shared-types";

/** The response to one invocation of the smoke-test function. */
export interface Invocation {
  readonly payload: string;
  /** Lambda's request id, which is also in the function's log and in the source identity in CloudTrail. */
  readonly requestId: string;
}

/** Invokes the smoke-test function. @throws {SmokeFailed} when the function returned no response */
export type InvokeSmoke = (event: OperatorEvent) => Promise<Invocation>;

interface SmokePassed extends OperatorResult {
  readonly ok: true;
  readonly status: number;
  readonly requestId: string;
  readonly milliseconds: number;
}

interface SmokeRefused extends Pick<OperatorRefusal, "code" | "reason"> {
  readonly ok: false;
  readonly status: number;
  readonly requestId: string;
  readonly milliseconds: number;
}

export type SmokeOutcome = SmokePassed | SmokeRefused;

/** The test could not be made; the message says what to do, and holds no secret. */
export class SmokeFailed extends Error {
  override readonly name = "SmokeFailed";
}

/** Requests a user's Studio URL from the smoke-test function. @throws {SmokeFailed} */
export async function smokeTest(
  request: OperatorRequest,
  deps: { readonly invoke: InvokeSmoke; readonly now: () => number },
): Promise<SmokeOutcome> {
  const began = deps.now();
  const { payload, requestId } = await deps.invoke({ operator: request });
  const place = { requestId, milliseconds: Math.round(deps.now() - began) };
  const { statusCode, body } = answerOf(payload, requestId);
  if (statusCode === 200) return { ok: true, status: statusCode, ...resultOf(body, requestId), ...place };
  const { code, reason } = body as Partial<OperatorRefusal>;
  if (typeof code !== "string" || typeof reason !== "string") throw strange(requestId);
  return { ok: false, status: statusCode, code, reason, ...place };
}

interface FunctionResponse {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;
}

function answerOf(payload: string, requestId: string): FunctionResponse {
  const { statusCode, body } = objectOf(payload, requestId);
  if (typeof statusCode !== "number" || typeof body !== "string") throw strange(requestId);
  return { statusCode, body: objectOf(body, requestId) };
}

function resultOf({ expiresAt, url }: FunctionResponse["body"], requestId: string): OperatorResult {
  if (typeof expiresAt !== "string" || Number.isNaN(Date.parse(expiresAt))) throw strange(requestId);
  if (url === undefined) return { expiresAt };
  if (typeof url !== "string" || !URL.canParse(url)) throw strange(requestId);
  return { expiresAt, url };
}

function objectOf(text: string, requestId: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // The error below leaves the text out, since it may hold the URL.
  }
  throw strange(requestId);
}

function strange(requestId: string): SmokeFailed {
  return new SmokeFailed(
    `The function answered something else than this command understands (request ${requestId}). ` +
      "It is of another version: deploy the access stack from this checkout.",
  );
}
