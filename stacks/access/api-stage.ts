import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { accessLogGroup } from "@studio-access/config";

import type { EncryptedContext } from "../constructs/account-stack";
import { policyDocument } from "../constructs/policy-document";

/** Where API Gateway writes the errors of an API, in a group of its own naming: this, the API's id, and the stage. */
export const EXECUTION_LOGS = "API-Gateway-Execution-Logs_";

/** Path part that every URL of the API starts with. */
export const API_STAGE_NAME = "studio";

export interface ApiStageProps extends EncryptedContext {
  readonly restApiId: string;
  readonly deploymentId: string;
}

/** Fields of the access log: the caller, the request and its result; never a header, a token or a URL. */
const ACCESS_LOG_FORMAT = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  vpceId: "$context.identity.vpceId",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  status: "$context.status",
  principalId: "$context.authorizer.principalId",
  authorizerStatus: "$context.authorizer.status",
  integrationStatus: "$context.integration.status",
  responseLatency: "$context.responseLatency",
  errorType: "$context.error.responseType",
};

/** The deployed stage: throttled, metered, with an access log and without request traces. */
export class ApiStage extends Construct {
  readonly name: string;
  readonly invokeUrl: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id);
    const { provider, config } = props;

    const logGroup = new CloudwatchLogGroup(this, "AccessLog", {
      provider,
      name: accessLogGroup(config),
      retentionInDays: config.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    this.logGroupName = logGroup.name;
    // API Gateway would make the group itself, without key and retention, and it would outlive the API.
    const executionLog = new CloudwatchLogGroup(this, "ExecutionLog", {
      provider,
      name: `${EXECUTION_LOGS}${props.restApiId}/${API_STAGE_NAME}`,
      retentionInDays: config.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    const mayWriteLogs = config.apiGatewayLogRole === "leave" ? [] : [this.#mayWriteLogs(props)];
    const stage = new ApiGatewayStage(this, "Stage", {
      provider,
      restApiId: props.restApiId,
      deploymentId: props.deploymentId,
      stageName: API_STAGE_NAME,
      accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify(ACCESS_LOG_FORMAT) },
      dependsOn: mayWriteLogs,
    });
    this.name = stage.stageName;
    this.invokeUrl = stage.invokeUrl;
    new ApiGatewayMethodSettings(this, "Settings", {
      provider,
      restApiId: props.restApiId,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        // Traces hold whole requests and answers: tokens and presigned URLs.
        dataTraceEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
      dependsOn: [executionLog],
    });
  }

  /**
   * API Gateway writes logs through one role per account and region: setting it replaces that of every other REST API
   * there, so the role serves them all.
   */
  #mayWriteLogs({ provider, config, names }: ApiStageProps): ApiGatewayAccount {
    const accountId = config.sharedServices.id;
    const role = new IamRole(this, "LogWriter", {
      provider,
      name: names.of("api-log-writer"),
      path: names.rolePath,
      // As AWS documents it, without a condition: API Gateway itself assumes the role when the account setting is saved,
      // and what it sends along then is not documented.
      assumeRolePolicy: policyDocument({
        Sid: "ApiGatewayService",
        Effect: "Allow",
        Principal: { Service: "apigateway.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    });
    const groups = `arn:aws:logs:${config.region}:${accountId}:log-group:*`;
    const policy = new IamRolePolicy(this, "LogWriterPolicy", {
      provider,
      role: role.name,
      name: "write-api-logs",
      // What AWS's AmazonAPIGatewayPushToCloudWatchLogs allows, in this account and region. When the setting is saved, API
      // Gateway itself makes and writes /aws/apigateway/welcome as the role, and refuses the setting where it may not.
      policy: policyDocument(
        {
          Sid: "WriteApiLogs",
          Effect: "Allow",
          Action: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:FilterLogEvents",
            "logs:GetLogEvents",
            "logs:PutLogEvents",
          ],
          Resource: groups,
        },
        { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      ),
    });
    return new ApiGatewayAccount(this, "Account", {
      provider,
      cloudwatchRoleArn: role.arn,
      dependsOn: [policy],
    });
  }
}
