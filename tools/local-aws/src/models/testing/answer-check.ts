import type { AwsCall, Reply } from "../../server/call";
import { child, parseXml } from "../../server/xml";
import type { ModelStore } from "../model-store";
import { OperationFinder } from "../operation-finder";
import { readJson } from "../reading/json-body";
import { Reading } from "../reading/reading";
import { readXml } from "../reading/xml-body";
import { stepText } from "../refusals/refusal";
import type { Operation, ServiceModel } from "../service-model";
import { ShapeCheck } from "../shape-check";

/** What AWS's model of the operation does not allow in a successful answer, one line each. */
export type AnswerCheck = (call: AwsCall, reply: Pick<Reply, "body">) => Promise<string[]>;

/**
 * For tests: judges the answers that the local AWS gives itself by the same models as its requests. A member that the
 * model does not have is a fault here, and in a request of JSON it is none.
 *
 * @throws when the service or the operation is in no model
 */
export function answerCheck(store: ModelStore): AnswerCheck {
  return async (call, reply) => {
    const model = await store.model(call.service);
    const operation = model && new OperationFinder(model).find(call)?.operation;
    if (model === undefined || operation === undefined)
      throw new Error(`there is no model of ${call.service} ${call.operation}`);
    return faults(model, operation, reply.body.toString());
  };
}

function faults(model: ServiceModel, operation: Operation, body: string): string[] {
  const { output } = operation;
  if (output === undefined) return [];
  const reading = new Reading(model, true);
  const value = body.startsWith("<")
    ? readXml(reading, output, resultOf(body, output.resultWrapper), [])
    : readJson(reading, output, body === "" ? {} : JSON.parse(body), []);
  const violations = [...reading.violations, ...new ShapeCheck(model).violations(output, value ?? {})];
  return violations.map(({ path, constraint }) => {
    const wrong = constraint.kind === "type" ? constraint.words : constraint.kind;
    return `${operation.name} ${path.map(stepText).join(".")}: ${wrong}`;
  });
}

function resultOf(body: string, wrapper: string | undefined): ReturnType<typeof parseXml> {
  const root = parseXml(body);
  const result = wrapper === undefined ? root : child(root, wrapper);
  if (result === undefined) throw new Error(`the answer has no ${String(wrapper)}`);
  return result;
}
