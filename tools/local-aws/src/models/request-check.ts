import { AwsError } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import { protocolOf, type Protocol } from "../server/protocol";
import type { ModelStore } from "./model-store";
import { OperationFinder } from "./operation-finder";
import { Reading } from "./reading/reading";
import { readRequest } from "./reading/request";
import { refusalOf } from "./refusals/refusals";
import type { ServiceModel } from "./service-model";
import { ShapeCheck } from "./shape-check";

/**
 * Checks a call against AWS's model of its service, as AWS does before it looks at anything else.
 *
 * @throws {AwsError} in the service's own words, when the model does not allow the call
 */
export type RequestCheck = (call: AwsCall) => Promise<void>;

/** A service's model with what its checks derive from it. */
interface Checker {
  readonly model: ServiceModel;
  readonly finder: OperationFinder;
  readonly shapes: ShapeCheck;
}

/** Checks calls against the models of a store. Services without a model are not checked: no handler serves one. */
export function requestCheck(store: ModelStore): RequestCheck {
  const checkers = new Map<string, Promise<Checker | undefined>>();
  return async (call) => {
    const checker = checkers.get(call.service) ?? checkerOf(store, call.service);
    checkers.set(call.service, checker);
    const found = await checker;
    if (found && !isDocument(call)) check(found, call);
  };
}

async function checkerOf(store: ModelStore, service: string): Promise<Checker | undefined> {
  const model = await store.model(service);
  return model && { model, finder: new OperationFinder(model), shapes: new ShapeCheck(model) };
}

/** Documents such as a user pool's keys are no operation. */
function isDocument({ service, method }: AwsCall): boolean {
  return service === "cognito-idp" && method === "GET";
}

function check({ model, finder, shapes }: Checker, call: AwsCall): void {
  const called = finder.find(call);
  if (called === undefined) throw unknownOperation(call);
  const { operation } = called;
  if (operation.input === undefined) return;
  const reading = new Reading(model);
  const value = read(call, () => readRequest(reading, called, call));
  const violations = [...reading.violations, ...shapes.violations(operation.input, value ?? {})];
  if (isSome(violations)) throw refusalOf(call.service)(violations, { model, operation });
}

function read(call: AwsCall, body: () => unknown): unknown {
  try {
    return body();
  } catch {
    throw malformed(protocolOf(call));
  }
}

/** The error for a body that is not of the protocol's format. */
function malformed(protocol: Protocol): AwsError {
  switch (protocol) {
    case "json":
    case "rest-json":
      return new AwsError("SerializationException", "The body is not valid JSON");
    case "rest-xml":
      return new AwsError("InvalidInput", "Invalid XML ; the document is not well-formed");
    case "s3":
      return new AwsError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    case "ec2":
    case "query":
      return new AwsError("MalformedInput", "The body cannot be read");
  }
}

function unknownOperation(call: AwsCall): AwsError {
  switch (protocolOf(call)) {
    case "json":
      return new AwsError("UnknownOperationException", `${call.service} has no operation ${call.operation}`);
    case "rest-json":
    case "rest-xml":
      return new AwsError(
        "UnknownOperationException",
        `${call.service} has no operation ${call.operation}`,
        404,
      );
    case "s3":
      return new AwsError(
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        405,
      );
    case "ec2":
      return new AwsError("InvalidAction", `The action ${call.operation} is not valid for this web service.`);
    case "query":
      return new AwsError("InvalidAction", `Could not find operation ${call.operation}`);
  }
}

function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}
