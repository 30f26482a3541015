import type { IncomingHttpHeaders } from "node:http";

/** The credential scope of a SigV4 signature. The signature itself is not checked, since there are no real secret keys. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * The credential of a signed request: from its Authorization header or, for S3 alone, from the query of a presigned URL.
 *
 * No other service takes presigned calls here: a web page can make a browser send one, and a call to Lambda runs code on
 * this machine. A web page cannot make a browser send an Authorization header.
 */
export function readCredential(headers: IncomingHttpHeaders, url: URL): Credential | undefined {
  const header = headers.authorization;
  if (header?.startsWith(`${ALGORITHM} `)) return parseScope(headerField(header, "Credential"));
  if (url.searchParams.get("X-Amz-Algorithm") !== ALGORITHM) return undefined;
  const presigned = parseScope(url.searchParams.get("X-Amz-Credential") ?? undefined);
  return presigned?.service === "s3" ? presigned : undefined;
}

function headerField(header: string, name: string): string | undefined {
  const fields = header.slice(ALGORITHM.length).split(",");
  const field = fields.map((text) => text.trim()).find((text) => text.startsWith(`${name}=`));
  return field?.slice(name.length + 1);
}

/** `AKID/20260101/eu-west-1/ec2/aws4_request`. */
function parseScope(scope: string | undefined): Credential | undefined {
  const [accessKeyId, , region, service, terminator] = scope?.split("/") ?? [];
  if (!accessKeyId || !region || !service || terminator !== "aws4_request") return undefined;
  return { accessKeyId, region, service: service.toLowerCase() };
}
