import type { Config } from "../schema";
import { describeRules, type RuleCase } from "../testing/sample";

type S3State = Extract<Config["state"], { backend: "s3" }>;

const OURS = {
  backend: "s3",
  bucket: "studio-access-test-state-111111111111",
  region: "eu-west-1",
  kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:alias/studio-access-test-state",
} as const;

/** A row with the state in S3, and with the stack `state`. */
function kept(name: string, change: Partial<S3State>, ...problems: RuleCase[2][]): RuleCase {
  return [
    name,
    (config) => {
      config.stateBucket = true;
      config.state = { ...OURS, ...change };
    },
    ...problems,
  ];
}

describeRules("the state's own bucket", [
  kept("in its place", {}),
  kept("with another key of its account", {
    kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/0f0f0f0f-0000-4000-8000-000000000000",
  }),
  kept("under another name", { bucket: "our-state" }, [
    "state.bucket",
    /the bucket that the stack `state` makes/,
    /write studio-access-test-state-111111111111; or take stateBucket out/,
  ]),
  kept("in another region", { region: "us-east-1" }, ["state.region", /region of all stacks/, /eu-west-1/]),
  [
    "without its key",
    (config) => {
      config.stateBucket = true;
      config.state = { ...OURS };
      Reflect.deleteProperty(config.state, "kmsKeyId");
    },
    [
      "state.kmsKeyId",
      /takes nothing that is encrypted with S3's own key/,
      /write arn:aws:kms:eu-west-1:111111111111:alias\/studio-access-test-state$/,
    ],
  ],
  [
    "made, while the state is still local",
    (config) => {
      config.stateBucket = true;
    },
  ],
  [
    "made by somebody else",
    (config) => {
      config.state = { backend: "s3", bucket: "our-state", region: "us-east-1" };
    },
  ],
  [
    "somebody else's, and said so",
    (config) => {
      config.stateBucket = false;
      config.state = { backend: "s3", bucket: "our-state", region: "us-east-1" };
    },
  ],
  [
    "of an environment whose name is missing: only that is reported",
    (config) => {
      config.stateBucket = true;
      config.state = { ...OURS, bucket: "our-state" };
      Reflect.deleteProperty(config, "environment");
    },
    ["environment", /required/, /add it/],
  ],
]);
