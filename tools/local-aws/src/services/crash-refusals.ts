import { AwsError } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import { formOf } from "../server/form";

/** What AWS says of a call at which moto crashes. */
interface CrashRefusal {
  readonly service: string;
  /** The operation, or for a REST API the method and the path. */
  readonly operation: RegExp;
  /** The member of the request that names what is not there; needed where the operation may crash for another reason. */
  readonly member?: string;
  readonly code: string;
  /** HTTP status, 400 by default. */
  readonly status?: number;
  /** `{}` stands for the member's value. */
  readonly message: string;
}

/**
 * Calls at which moto crashes because of one value, and where no other call says whether it is there. The words for tokens
 * of pages, and of a query of Logs, are our reading; the codes are those of AWS's models and lists.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const REFUSALS: readonly CrashRefusal[] = [
  {
    service: "apigateway",
    operation: /^(GET|PATCH) \/restapis\/[^/]+\/deployments\/[^/]+$/,
    code: "NotFoundException",
    status: 404,
    message: "Invalid Deployment identifier specified",
  },
  {
    service: "apigateway",
    operation: /^(DELETE|PATCH) \/restapis\/[^/]+\/requestvalidators\/[^/]+$/,
    code: "NotFoundException",
    status: 404,
    message: "Invalid Request Validator identifier specified",
  },
  {
    service: "dynamodb",
    operation: /^DescribeExport$/,
    member: "ExportArn",
    code: "ExportNotFoundException",
    message: "Export not found: {}",
  },
  {
    service: "dynamodb",
    operation: /^DescribeImport$/,
    member: "ImportArn",
    code: "ImportNotFoundException",
    message: "Import not found: {}",
  },
  {
    service: "ec2",
    operation: /^DeleteNatGateway$/,
    member: "NatGatewayId",
    code: "NatGatewayNotFound",
    message: "The Nat Gateway {} was not found",
  },
  {
    service: "ec2",
    operation: /^DescribeImageAttribute$/,
    member: "ImageId",
    code: "InvalidAMIID.NotFound",
    message: "The image id '[{}]' does not exist",
  },
  {
    service: "ec2",
    operation: /^(Delete|Modify)ManagedPrefixList$/,
    member: "PrefixListId",
    code: "InvalidPrefixListID.NotFound",
    message: "The prefix list ID '{}' does not exist",
  },
  {
    service: "logs",
    operation: /^GetQueryResults$/,
    member: "queryId",
    code: "ResourceNotFoundException",
    message: "Query {} does not exist",
  },
  {
    service: "s3",
    operation: /^(PUT|POST) \/[^/]+\/./,
    member: "uploadId",
    code: "NoSuchUpload",
    status: 404,
    message:
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
  },
  {
    service: "s3",
    operation: /^DELETE \/[^/]+\/./,
    member: "tagging",
    code: "NoSuchKey",
    status: 404,
    message: "The specified key does not exist.",
  },
];

/** Tokens of pages: moto's are numbers, and it crashes at any other text. */
const TOKENS: Readonly<Record<string, readonly [member: string, code: string]>> = {
  ec2: ["NextToken", "InvalidParameterValue"],
  iam: ["Marker", "ValidationError"],
  logs: ["nextToken", "InvalidParameterException"],
  organizations: ["NextToken", "InvalidInputException"],
  secretsmanager: ["NextToken", "InvalidNextTokenException"],
  sns: ["NextToken", "InvalidParameter"],
  ssm: ["NextToken", "InvalidNextToken"],
};

/** @returns undefined when the crash has none of the known causes, so that the operation counts as missing */
export function crashRefusal(call: AwsCall): AwsError | undefined {
  const { service, operation } = call;
  for (const refusal of REFUSALS) {
    if (refusal.service !== service || !refusal.operation.test(operation)) continue;
    const value = refusal.member === undefined ? "" : memberOf(call, refusal.member);
    if (value === undefined) continue;
    return new AwsError(refusal.code, refusal.message.replace("{}", value), refusal.status);
  }
  const [member, code] = TOKENS[service] ?? [];
  const token = member === undefined ? undefined : memberOf(call, member);
  if (member === undefined || code === undefined || token === undefined || /^\d+$/.test(token))
    return undefined;
  return new AwsError(code, `The specified ${member} is invalid.`);
}

/** A text of the request, wherever its protocol has it. */
function memberOf(call: AwsCall, member: string): string | undefined {
  if (call.headers["x-amz-target"] === undefined)
    return formOf(call).get(member) ?? call.url.searchParams.get(member) ?? undefined;
  const request = JSON.parse(call.body.toString() || "{}") as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(request, member) ? request[member] : undefined;
  return typeof value === "string" ? value : undefined;
}
