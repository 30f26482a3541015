import { PRESIGN_ENVIRONMENT, type PresignCallers } from "@studio-access/shared-types";
import { LambdaFunction, type LambdaFunctionVpcConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { NodeFunction } from "../constructs/node-function";
import { publish } from "../constructs/published-outputs";

/** Last part of the function's name. Lambda also names the role's sessions after the function. */
export const SMOKE_FUNCTION = "smoke";

export interface SmokeFunctionProps extends AccountContext {
  /** The function that is to be tested. */
  readonly presign: NodeFunction;
  /** Its environment and its place in the network. */
  readonly environment: Readonly<Record<string, string>>;
  readonly vpcConfig: LambdaFunctionVpcConfig;
}

/**
 * A second presign function, for operators: it has the code, the role, the network and the settings of the first, and
 * one variable that makes it take operators' events instead of the API's.
 *
 * IAM identity policies alone say who may invoke it: it has no resource policy, so API Gateway cannot.
 */
export class SmokeFunction extends Construct {
  constructor(scope: Construct, id: string, props: SmokeFunctionProps) {
    super(scope, id);
    const { provider, names, environment, vpcConfig } = props;
    const presign = props.presign.lambda;
    const callers: PresignCallers = "operator";
    const { arn } = new LambdaFunction(this, "Function", {
      provider,
      functionName: names.of(SMOKE_FUNCTION),
      description:
        "Studio Access: the presign function for operators' smoke tests, invoked through IAM alone",
      // References to the presign function's attributes, not copies of the values: a change there applies here too.
      role: presign.role,
      runtime: presign.runtime,
      architectures: presign.architectures,
      handler: presign.handler,
      filename: presign.filename,
      sourceCodeHash: presign.sourceCodeHash,
      memorySize: presign.memorySize,
      timeout: presign.timeout,
      kmsKeyArn: presign.kmsKeyArn,
      environment: { variables: { ...environment, [PRESIGN_ENVIRONMENT.callers]: callers } },
      // In a named log group Lambda puts the function's name into the name of each stream.
      loggingConfig: { logFormat: "JSON", logGroup: props.presign.logGroupName },
      vpcConfig,
    });
    publish(TerraformStack.of(this), {
      smoke_function_arn: [
        arn,
        "ARN of the function for operators' smoke tests; `npm run smoke` invokes it.",
      ],
    });
  }
}
