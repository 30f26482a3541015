import { AwsError } from "../server/aws-error";
import type { AwsCall, Moto, Reply } from "../server/call";

/** Members of JSON requests that name a resource, by service, with the operation that describes it. */
const DESCRIBED_BY: Readonly<Record<string, readonly (readonly [member: string, target: string])[]>> = {
  "cognito-idp": [["UserPoolId", "AWSCognitoIdentityProviderService.DescribeUserPool"]],
  kms: [["KeyId", "TrentService.DescribeKey"]],
};

/**
 * AWS's refusal of a call that names a resource which is not there: moto's answer to a question about the resource itself.
 * moto crashes at many such calls, which looks like an operation that it does not implement, so that this is asked only then.
 *
 * @returns undefined when every resource that is looked for is there
 */
export async function refusalOfMissing(
  moto: Pick<Moto, "forward">,
  call: AwsCall,
): Promise<Reply | undefined> {
  for (const question of questionsAbout(call)) {
    const reply = await moto.forward(question).catch((error: unknown) => {
      // Not every path has a GET.
      if (error instanceof AwsError) return undefined;
      throw error;
    });
    if (reply !== undefined && isRefusal(call, reply)) return reply;
  }
  return undefined;
}

/** API Gateway says with 404 that something is not there, and moto with 400 at some. */
function isRefusal({ service }: AwsCall, { status }: Reply): boolean {
  return service === "apigateway" ? status === 404 : status >= 400 && status < 500;
}

/** Calls that describe the resources of a call, the outermost first. */
function questionsAbout(call: AwsCall): AwsCall[] {
  if (call.service === "apigateway") return parents(call.url).map((url) => read(call, url));
  if (call.service === "elasticfilesystem") return fileSystemParts(call.url).map((url) => read(call, url));
  const described = DESCRIBED_BY[call.service] ?? [];
  const request = described.length === 0 ? {} : (JSON.parse(call.body.toString() || "{}") as object);
  return described.flatMap(([member, target]) => {
    const id = Object.entries(request).find(([name]) => name === member)?.[1] as unknown;
    if (typeof id !== "string") return [];
    const headers = { ...call.headers, "x-amz-target": target };
    return [{ ...call, headers, body: Buffer.from(JSON.stringify({ [member]: id })) }];
  });
}

/** `/restapis/a/stages/b` is in `/restapis/a`. */
function parents(url: URL): URL[] {
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const ends = parts.flatMap((_part, index) => (index % 2 === 1 ? [index + 1] : []));
  return ends.map((end) => new URL(`/${parts.slice(0, end).join("/")}`, url));
}

/** EFS describes one file system or access point by a parameter of the list. */
function fileSystemParts(url: URL): URL[] {
  const fileSystem = /\/file-systems\/([^/]+)/.exec(url.pathname)?.[1];
  const accessPoint = url.searchParams.get("AccessPointId");
  const questions = [
    fileSystem !== undefined && `/2015-02-01/file-systems?FileSystemId=${fileSystem}`,
    accessPoint !== null && `/2015-02-01/access-points?AccessPointId=${encodeURIComponent(accessPoint)}`,
  ];
  return questions.filter((path) => path !== false).map((path) => new URL(path, url));
}

function read(call: AwsCall, url: URL): AwsCall {
  return { ...call, method: "GET", url, body: Buffer.alloc(0) };
}
