import { readState } from "./environment-stacks";

const RESOURCES = [
  {
    address: "aws_sagemaker_domain.Studio_Domain_1A2B",
    mode: "managed",
    type: "aws_sagemaker_domain",
    values: { id: "d-abc", arn: "arn:d-abc", subnet_ids: ["subnet-1"], url: "https://d-abc" },
  },
  {
    address: "aws_cognito_user.SignIns_User-user-lob-a_3C4D",
    mode: "managed",
    type: "aws_cognito_user",
    values: { id: "pool/user", password: "not-for-anybody" },
  },
  {
    address: "aws_dynamodb_table.Directory_Users_5E6F",
    mode: "managed",
    type: "aws_dynamodb_table",
    values: { name: "users", deletion_protection_enabled: true, read_capacity: 0 },
  },
  { address: "data.aws_vpc.other", mode: "data", type: "aws_vpc", values: { id: "vpc-2" } },
];

function shown(resources: readonly object[]): string {
  return JSON.stringify({ format_version: "1.0", values: { outputs: {}, root_module: { resources } } });
}

describe("terraform show -json", () => {
  it("gives the resources, and of their values only what a teardown reads", () => {
    const state = readState(`\nWarning: something\n\n${shown(RESOURCES)}\n`);
    expect(state).toEqual([
      {
        address: "aws_sagemaker_domain.Studio_Domain_1A2B",
        type: "aws_sagemaker_domain",
        attributes: { id: "d-abc", arn: "arn:d-abc" },
      },
      {
        address: "aws_cognito_user.SignIns_User-user-lob-a_3C4D",
        type: "aws_cognito_user",
        attributes: { id: "pool/user" },
      },
      {
        address: "aws_dynamodb_table.Directory_Users_5E6F",
        type: "aws_dynamodb_table",
        attributes: { name: "users", deletion_protection_enabled: "true" },
      },
    ]);
  });

  it("gives nothing of a stack that was never deployed, or of which all is gone", () => {
    expect(readState('{"format_version":"1.0"}')).toEqual([]);
    expect(readState(shown([]))).toEqual([]);
  });

  it("is not taken for an empty state when it says something else", () => {
    expect(() => readState("Error: the state is locked")).toThrow("did not print the state as JSON");
  });
});
