import { randomUUID } from "node:crypto";

import type { AwsError } from "./aws-error";
import type { AwsCall, Reply } from "./call";
import { element, renderXml, type XmlElement } from "./xml";

/** The wire protocol of a call, which its replies and errors follow. */
export type Protocol = "ec2" | "query" | "rest-xml" | "s3" | "json" | "rest-json";

export const NAMESPACES = {
  ec2: "http://ec2.amazonaws.com/doc/2016-11-15/",
  route53: "https://route53.amazonaws.com/doc/2013-04-01/",
} as const;

/** Services whose operations follow from method and path. */
const REST_JSON = new Set(["apigateway", "elasticfilesystem", "lambda", "ram", "route53profiles", "xray"]);

const JSON_1_1 = "application/x-amz-json-1.1";

/** The protocol of a call, from its service and its headers. */
export function protocolOf(call: Pick<AwsCall, "service" | "headers">): Protocol {
  if (call.service === "ec2") return "ec2";
  if (call.service === "route53") return "rest-xml";
  if (call.service === "s3") return "s3";
  if (REST_JSON.has(call.service)) return "rest-json";
  if (call.headers["x-amz-target"] !== undefined) return "json";
  if (call.headers["content-type"]?.includes("x-www-form-urlencoded")) return "query";
  return "rest-json";
}

/** An XML reply. A given namespace becomes the root's `xmlns`. */
export function xmlReply(
  root: XmlElement,
  options: { readonly status?: number; readonly namespace?: string } = {},
): Reply {
  const { status = 200, namespace } = options;
  const document =
    namespace === undefined ? root : { ...root, attributes: { ...root.attributes, xmlns: namespace } };
  const headers = { "content-type": "text/xml", "x-amzn-requestid": randomUUID() };
  return { status, headers, body: Buffer.from(renderXml(document)) };
}

/** A JSON reply of a REST API. */
export function restJsonReply(body: unknown, status = 200): Reply {
  return jsonReply(body, status, "application/json");
}

/** A JSON reply of an API with X-Amz-Target. */
export function targetJsonReply(body: unknown, status = 200): Reply {
  return jsonReply(body, status, JSON_1_1);
}

/** The same reply with another body, and without the content length of the old one. */
export function withBody(reply: Reply, body: string | Buffer): Reply {
  const headers = Object.entries(reply.headers).filter(([name]) => name !== "content-length");
  return { ...reply, headers: Object.fromEntries(headers), body: Buffer.from(body) };
}

/** The error in the format of the call's protocol. */
export function errorReply(call: Pick<AwsCall, "service" | "headers" | "requestId">, error: AwsError): Reply {
  const protocol = protocolOf(call);
  switch (protocol) {
    case "json":
    case "rest-json": {
      const contentType =
        protocol === "json" ? (call.headers["content-type"] ?? JSON_1_1) : "application/json";
      const reply = jsonReply({ __type: error.code, message: error.message }, error.status, contentType);
      return { ...reply, headers: { ...reply.headers, "x-amzn-errortype": error.code } };
    }
    case "ec2":
    case "query":
    case "rest-xml":
    case "s3":
      return xmlReply(errorDocument(protocol, call.requestId, error), { status: error.status });
  }
}

function errorDocument(
  protocol: "ec2" | "query" | "rest-xml" | "s3",
  requestId: string,
  error: AwsError,
): XmlElement {
  const details = [element("Code", error.code), element("Message", error.message)];
  switch (protocol) {
    case "ec2":
      return element(
        "Response",
        element("Errors", element("Error", ...details)),
        element("RequestID", requestId),
      );
    case "s3":
      return element("Error", ...details, element("RequestId", requestId));
    case "query":
    case "rest-xml": {
      const type = element("Type", error.status < 500 ? "Sender" : "Receiver");
      return element("ErrorResponse", element("Error", type, ...details), element("RequestId", requestId));
    }
  }
}

function jsonReply(body: unknown, status: number, contentType: string): Reply {
  const headers = { "content-type": contentType, "x-amzn-requestid": randomUUID() };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
