import { readState } from "@studio-access/terraform";

import { neededOf } from "./environment-stacks";

const RESOURCES = [
  {
    mode: "managed",
    type: "aws_sagemaker_domain",
    name: "Studio_Domain_1A2B",
    instances: [
      { attributes: { id: "d-abc", arn: "arn:d-abc", subnet_ids: ["subnet-1"], url: "https://d-abc" } },
    ],
  },
  {
    mode: "managed",
    type: "aws_cognito_user",
    name: "SignIns_User-user-lob-a_3C4D",
    instances: [{ attributes: { id: "pool/user", password: "not-for-anybody" } }],
  },
  {
    mode: "managed",
    type: "aws_dynamodb_table",
    name: "Tables",
    instances: [
      {
        index_key: "users",
        attributes: { name: "users", deletion_protection_enabled: true, read_capacity: 0 },
      },
      { index_key: 1, attributes: { name: "lobs", deletion_protection_enabled: false } },
    ],
  },
  { mode: "data", type: "aws_vpc", name: "other", instances: [{ attributes: { id: "vpc-2" } }] },
];

describe("a stack's state", () => {
  it("gives the resources with only those attributes that a teardown reads", () => {
    const outputs = { password: { value: "secret" } };
    const text = JSON.stringify({ version: 4, serial: 7, outputs, resources: RESOURCES });
    expect(neededOf(readState("lob-a", text))).toEqual([
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
        address: 'aws_dynamodb_table.Tables["users"]',
        type: "aws_dynamodb_table",
        attributes: { name: "users", deletion_protection_enabled: "true" },
      },
      {
        address: "aws_dynamodb_table.Tables[1]",
        type: "aws_dynamodb_table",
        attributes: { name: "lobs", deletion_protection_enabled: "false" },
      },
    ]);
  });
});
