import type { AwsCall, Reply } from "../../server/call";
import { child, parseXml } from "../../server/xml";
import type { ModelStore } from "../model-store";
import { OperationFinder } from "../operation-finder";
import { readJson } from "../reading/json-body";
import { Reading } from "../reading/reading";
import { readRest } from "../reading/rest-request";
import { readXml } from "../reading/xml-body";
import { stepText } from "../refusals/refusal";
import { membersOf, shapeOf, type Operation, type ServiceModel, type ShapeRef } from "../service-model";
import { ShapeCheck, type Value } from "../shape-check";

/** What AWS's model of the operation does not allow in a successful answer, one line each. */
export type AnswerCheck = (call: AwsCall, reply: Pick<Reply, "body"> & Partial<Reply>) => Promise<string[]>;

/**
 * For tests: judges the answers that the local AWS gives itself by the same models as its requests. A member that the
 * model does not have is a fault here, and in a request of JSON it is none; so is a header of AWS's that no member is
 * written to.
 *
 * @throws when the service or the operation is in no model
 */
export function answerCheck(store: ModelStore): AnswerCheck {
  return async (call, reply) => {
    const model = await store.model(call.service);
    const operation = model && new OperationFinder(model).find(call)?.operation;
    if (model === undefined || operation === undefined)
      throw new Error(`there is no model of ${call.service} ${call.operation}`);
    return isRest(model)
      ? restFaults(model, operation, { ...call, headers: reply.headers ?? {}, body: reply.body })
      : bodyFaults(model, operation, reply.body.toString());
  };
}

function isRest({ metadata }: ServiceModel): boolean {
  return metadata.protocol.startsWith("rest-");
}

/** @param answer - headers, in lower case, and body of the answer in those of its call */
function restFaults(model: ServiceModel, operation: Operation, answer: AwsCall): string[] {
  const { name, output } = operation;
  const members = output === undefined ? [] : membersOf(shapeOf(model, output));
  const known = new Set(members.map(([name, { locationName = name }]) => locationName.toLowerCase()));
  const unknown = Object.keys(answer.headers)
    .filter((header) => header.startsWith("x-amz-") && !known.has(header))
    .map((header) => `${name} ${header}: unknown`);
  if (output === undefined) return unknown;
  const reading = new Reading(model, true);
  const format = model.metadata.protocol === "rest-xml" ? "xml" : "json";
  return [...unknown, ...faults(operation, reading, output, readRest(reading, output, answer, {}, format))];
}

function bodyFaults(model: ServiceModel, operation: Operation, body: string): string[] {
  const { output } = operation;
  if (output === undefined) return [];
  const reading = new Reading(model, true);
  const value = body.startsWith("<")
    ? readXml(reading, output, resultOf(body, output.resultWrapper), [])
    : readJson(reading, output, body === "" ? {} : JSON.parse(body), []);
  return faults(operation, reading, output, value);
}

function faults({ name }: Operation, reading: Reading, output: ShapeRef, value: Value): string[] {
  const violations = [
    ...reading.violations,
    ...new ShapeCheck(reading.model).violations(output, value ?? {}),
  ];
  return violations.map(({ path, constraint }) => {
    const wrong = constraint.kind === "type" ? constraint.words : constraint.kind;
    return `${name} ${path.map(stepText).join(".")}: ${wrong}`;
  });
}

function resultOf(body: string, wrapper: string | undefined): ReturnType<typeof parseXml> {
  const root = parseXml(body);
  const result = wrapper === undefined ? root : child(root, wrapper);
  if (result === undefined) throw new Error(`the answer has no ${String(wrapper)}`);
  return result;
}
