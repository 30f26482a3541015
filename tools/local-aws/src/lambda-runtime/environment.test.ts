import { environmentOf } from "./environment";
import { parseFunctionName, readConfiguration } from "./function-configuration";

const id = { account: "111111111111", region: "eu-west-1", name: "presign" };
const answer = {
  Configuration: {
    FunctionName: "presign",
    FunctionArn: "arn:aws:lambda:eu-west-1:111111111111:function:presign",
    Handler: "index.handler",
    Runtime: "nodejs22.x",
    Role: "arn:aws:iam::111111111111:role/presign",
    MemorySize: 256,
    Timeout: 10,
    Environment: { Variables: { USERS_TABLE: "users", AWS_REGION: "mars-1", TZ: "Europe/Berlin" } },
    VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
    LoggingConfig: { LogGroup: "/presign" },
  },
};
const configuration = readConfiguration(id, JSON.stringify(answer));
const credentials = { accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token", expiresAt: 0 };

describe("environmentOf", () => {
  const environment = environmentOf(
    configuration,
    credentials,
    { taskRoot: "/code", logStream: "stream" },
    "/bin",
  );

  it("holds the function's variables, those of Lambda, PATH, and nothing else", () => {
    expect(Object.keys(environment).sort()).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_DEFAULT_REGION",
      "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "LAMBDA_TASK_ROOT",
      "LANG",
      "PATH",
      "TZ",
      "USERS_TABLE",
      "_HANDLER",
    ]);
  });

  it("does not let a function choose what Lambda sets, except the time zone", () => {
    expect(environment).toMatchObject({
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "key",
      TZ: "Europe/Berlin",
    });
  });
});

describe("readConfiguration", () => {
  it("distinguishes a function in a VPC from one outside", () => {
    expect(configuration.vpc).toEqual({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] });
    const outside = {
      Configuration: { ...answer.Configuration, VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } },
    };
    expect(readConfiguration(id, JSON.stringify(outside)).vpc).toBeUndefined();
  });

  it("has the configured log group, or else Lambda's default", () => {
    expect(configuration.logGroup).toBe("/presign");
    const unset = { Configuration: { ...answer.Configuration, LoggingConfig: undefined } };
    expect(readConfiguration(id, JSON.stringify(unset)).logGroup).toBe("/aws/lambda/presign");
  });
});

describe("parseFunctionName", () => {
  it.each([
    "presign",
    "presign:live",
    "111111111111:function:presign",
    "arn:aws:lambda:eu-west-1:111111111111:function:presign",
    "arn:aws:lambda:eu-west-1:111111111111:function:presign:$LATEST",
  ])("reads %s as the same function", (text) => {
    expect(parseFunctionName(text, id)).toEqual(id);
  });
});
