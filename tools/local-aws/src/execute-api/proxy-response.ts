import type { Reply } from "../server/call";

interface ProxyAnswer {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/**
 * Parses the response of a function behind a Lambda proxy integration.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @param payload - JSON text
 * @param binaryMediaTypes - of the API: only these are decoded from base64
 * @returns undefined when it is malformed
 */
export function readProxyResponse(payload: string, binaryMediaTypes: readonly string[]): Reply | undefined {
  const answer = JSON.parse(payload) as ProxyAnswer | null;
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const status = Number(answer.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const body = answer.body ?? "";
  if (typeof body !== "string") return undefined;
  const single = scalars(answer.headers);
  const multiple = lists(answer.multiValueHeaders);
  if (!single || !multiple) return undefined;
  const headers = { "content-type": "application/json", ...single, ...multiple };
  const binary = answer.isBase64Encoded === true && isBinary(headers["content-type"], binaryMediaTypes);
  return { status, headers, body: Buffer.from(body, binary ? "base64" : "utf8") };
}

function isBinary(contentType: string, binaryMediaTypes: readonly string[]): boolean {
  return binaryMediaTypes.some((type) => type === "*/*" || type === contentType.split(";")[0]);
}

function scalars(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== "object") return headers === undefined ? {} : undefined;
  const entries = Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>);
  if (entries.some(([, value]) => !["string", "number", "boolean"].includes(typeof value))) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function lists(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== "object") return headers === undefined ? {} : undefined;
  const entries = Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>);
  if (entries.some(([, value]) => !Array.isArray(value))) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), (value as unknown[]).map(String).join(", ")]),
  );
}
