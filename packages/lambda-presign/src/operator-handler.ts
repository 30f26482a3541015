import type { OperatorRefusal, OperatorResult, Refusal } from "@studio-access/shared-types";
import type { APIGatewayProxyResult } from "aws-lambda";
import { answer, type AnswerDeps, json, type PresignContext, type Success } from "./answer";
import { operatorOf } from "./presign-request";
import type { OperatorNote } from "./log";
import { presign, type PresignDeps } from "./presign";
import type { Refused } from "./refusal";

export type OperatorHandler = (event: unknown, context: PresignContext) => Promise<APIGatewayProxyResult>;

/**
 * Translates between an operator's event and {@link presign}; decides nothing itself.
 *
 * Whoever may invoke the function is an operator: IAM has decided that before we run. API Gateway may not.
 */
export function createOperatorHandler(deps: PresignDeps & AnswerDeps): OperatorHandler {
  // What an operator asks must change nothing.
  const readOnly: PresignDeps = { ...deps, profileMaker: undefined };
  return (event, context) => {
    const requestId = context.awsRequestId;
    let note: OperatorNote = {};
    const run = async (signal: AbortSignal): Promise<Success> => {
      const operator = operatorOf(event, requestId);
      const { userName, reason, handOver } = operator;
      note = { userName, reason };
      const { url, expiresAt } = await presign(operator, readOnly, signal);
      const result: OperatorResult = handOver ? { expiresAt, url } : { expiresAt };
      return { outcome: handOver ? "handed_over" : "tested", answer: json(200, {}, result) };
    };
    // An operator reads our log anyway.
    const refusalBody = (refusal: Refusal, { reason }: Refused): OperatorRefusal => ({ ...refusal, reason });
    return answer({ requestId, context, run, operator: () => note, refusalBody }, deps);
  };
}
