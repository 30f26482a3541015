/** The configuration of a function, as GetFunction returns it. */
export interface FunctionConfiguration {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly role: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memorySize: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Present when the function is connected to a VPC. */
  readonly vpc:
    { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] } | undefined;
  readonly logGroup: string;
  /** Changes with the code and with the configuration. */
  readonly revision: string;
}

/** The parts of a function's ARN. */
export interface FunctionId {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

interface ConfigurationAnswer {
  readonly Configuration: {
    readonly FunctionName: string;
    readonly FunctionArn: string;
    readonly Handler?: string;
    readonly Runtime?: string;
    readonly Role: string;
    readonly Timeout?: number | string;
    readonly MemorySize?: number | string;
    readonly CodeSha256?: string;
    readonly LastModified?: string;
    readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
    readonly VpcConfig?: {
      readonly SubnetIds?: readonly string[];
      readonly SecurityGroupIds?: readonly string[];
    };
    readonly LoggingConfig?: { readonly LogGroup?: string };
  };
}

/** Lambda's own defaults. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** Reads the reply of GetFunction. */
export function readConfiguration(id: FunctionId, body: string): FunctionConfiguration {
  const { Configuration: answer } = JSON.parse(body) as ConfigurationAnswer;
  const subnetIds = answer.VpcConfig?.SubnetIds ?? [];
  return {
    ...id,
    arn: answer.FunctionArn.replace(/:\$LATEST$/, ""),
    handler: answer.Handler ?? "index.handler",
    runtime: answer.Runtime ?? "nodejs",
    role: answer.Role,
    timeout: Number(answer.Timeout ?? DEFAULT_TIMEOUT_SECONDS),
    memorySize: Number(answer.MemorySize ?? DEFAULT_MEMORY_MB),
    variables: answer.Environment?.Variables ?? {},
    vpc:
      subnetIds.length > 0
        ? { subnetIds, securityGroupIds: answer.VpcConfig?.SecurityGroupIds ?? [] }
        : undefined,
    logGroup: answer.LoggingConfig?.LogGroup ?? `/aws/lambda/${id.name}`,
    revision: JSON.stringify(answer),
  };
}

/**
 * Parses a function's name, `account:function:name` or ARN, each with or without a qualifier. The local AWS runs the
 * newest code for every qualifier.
 */
export function parseFunctionName(text: string, caller: Omit<FunctionId, "name">): FunctionId {
  const arn = /^arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:([\w-]+)/.exec(text);
  if (arn)
    return { region: arn[1] ?? caller.region, account: arn[2] ?? caller.account, name: arn[3] ?? text };
  const partial = /^(\d{12}):function:([\w-]+)/.exec(text);
  if (partial)
    return { region: caller.region, account: partial[1] ?? caller.account, name: partial[2] ?? text };
  return { ...caller, name: text.split(":")[0] ?? text };
}

/** One key per function. */
export function keyOf({ account, region, name }: FunctionId): string {
  return `${account}/${region}/${name}`;
}
