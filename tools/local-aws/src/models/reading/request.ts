import { cbor } from "@smithy/core/cbor";

import type { AwsCall } from "../../server/call";
import { formOf } from "../../server/form";
import type { CalledOperation } from "../operation-finder";
import type { Value } from "../shape-check";
import { readForm } from "./form-body";
import { readJson } from "./json-body";
import type { Reading } from "./reading";
import { readRest } from "./rest-request";

/**
 * The input of a call, in the protocol that it is written in.
 *
 * @returns undefined when the operation has no input
 * @throws {Error} when the body is not of the protocol's format
 */
export function readRequest(reading: Reading, { operation, labels }: CalledOperation, call: AwsCall): Value {
  const { input } = operation;
  if (input === undefined) return undefined;
  switch (reading.model.metadata.protocol) {
    case "rest-json":
      return readRest(reading, input, call, labels, "json");
    case "rest-xml":
      return readRest(reading, input, call, labels, "xml");
    case "ec2":
      return readForm(reading, input, formOf(call), "ec2");
    default:
      return readNamed(reading, call, input);
  }
}

/** CloudWatch takes several protocols, so that the request decides and not the model. */
function readNamed(
  reading: Reading,
  call: AwsCall,
  input: NonNullable<CalledOperation["operation"]["input"]>,
): Value {
  if (call.headers["smithy-protocol"] === "rpc-v2-cbor")
    return readJson(reading, input, call.body.length === 0 ? {} : cbor.deserialize(call.body), []);
  if (call.headers["x-amz-target"] === undefined) return readForm(reading, input, formOf(call), "query");
  const text = call.body.toString();
  return readJson(reading, input, text === "" ? {} : JSON.parse(text), []) ?? {};
}
