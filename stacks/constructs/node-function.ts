import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction, type LambdaFunctionVpcConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

import { functionLogGroup } from "@studio-access/config";

import type { EncryptedContext } from "./account-stack";
import { policyDocument, type Statement } from "./policy-document";

export interface NodeFunctionProps extends EncryptedContext {
  /** Short name: of the function, its role and its log group. */
  readonly name: string;
  readonly description: string;
  /** Zip made by `npm run bundle`, relative to this checkout's root. */
  readonly zip: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly vpcConfig?: LambdaFunctionVpcConfig;
  /** What the function may do beside writing its log and reading its environment. */
  readonly statements?: readonly Statement[];
}

/** A Lambda function on Node.js with a role, a log group and no other permissions than those in its props. */
export class NodeFunction extends Construct {
  readonly arn: string;
  readonly invokeArn: string;
  readonly functionName: string;
  readonly logGroupName: string;
  /** The function's resource, for another function that uses the same settings. */
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { provider, names, config } = props;

    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      provider,
      name: functionLogGroup(config, props.name),
      retentionInDays: config.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    this.logGroupName = logGroup.name;
    const { role, policy } = this.#role(logGroup.arn, props);

    const zip = resolve(__dirname, "../..", props.zip);
    const asset = new TerraformAsset(this, "Zip", { path: zip, type: AssetType.FILE });
    const lambda = new LambdaFunction(this, "Function", {
      provider,
      functionName: names.of(props.name),
      description: props.description,
      role: role.arn,
      runtime: config.lambdaRuntime,
      architectures: ["arm64"],
      handler: "index.handler",
      filename: asset.path,
      // The zip's own digest: the same code from any checkout is no change.
      sourceCodeHash: createHash("sha256").update(readFileSync(zip)).digest("base64"),
      memorySize: 512,
      timeout: props.timeoutSeconds,
      kmsKeyArn: props.keyArn,
      environment: { variables: { ...props.environment } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      ...(props.vpcConfig === undefined ? {} : { vpcConfig: props.vpcConfig }),
      // A function that starts before its policy is there fails on its first call.
      dependsOn: [policy],
    });
    this.lambda = lambda;
    this.arn = lambda.arn;
    this.invokeArn = lambda.invokeArn;
    // The resource's attribute, not a copy of the name: Terraform then creates the function before the resources that
    // refer to it.
    this.functionName = lambda.functionName;
  }

  #role(logGroupArn: string, props: NodeFunctionProps): { role: IamRole; policy: IamRolePolicy } {
    const { provider, names } = props;
    const role = new IamRole(this, "Role", {
      provider,
      name: names.of(props.name),
      path: names.rolePath,
      description: props.description,
      // Lambda sends no aws:SourceAccount when it assumes an execution role, so none can be asked for.
      assumeRolePolicy: policyDocument({
        Sid: "LambdaService",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    });
    const policy = new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "function",
      policy: policyDocument(
        {
          Sid: "WriteOwnLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${logGroupArn}:*`,
        },
        { Sid: "ReadOwnEnvironment", Effect: "Allow", Action: "kms:Decrypt", Resource: props.keyArn },
        ...(props.statements ?? []),
      ),
    });
    return { role, policy };
  }
}
