import { stateKey, type Config } from "@studio-access/config";
import type { Statement } from "./statement";
import type { Account } from "./account";

/** Whoever reads or writes the states of an account's stacks. */
export interface StateUser extends Account {
  /** Key that encrypts reviewed plans, where it is in this account. */
  readonly planKeyArn?: string | undefined;
}

type S3State = Extract<Config["state"], { readonly backend: "s3" }>;

/**
 * Stacks that workflows plan, for pull requests and for drift: all of them.
 * Each is one object of the state; `lob-*` stands for all lines of business, so that a new line of business changes nothing here.
 */
const STATES = ["networking", "access", "on-premise", "state", "lob-*", "ci-access", "ci-access-lob-*"];

/** Stacks that workflows deploy: an administrator deploys the others. */
const DEPLOYED_STATES = ["networking", "access", "on-premise", "lob-*"];

/** ARNs of the states and locks that a use reads; none in a LOB's account, since all states are in shared services. */
export function stateObjects(use: "read" | "write", { config, lob }: Account): readonly string[] {
  if (lob !== undefined || config.state.backend !== "s3") return [];
  const { bucket } = config.state;
  return [...objects(config, bucket, STATES), ...(use === "read" ? [] : locks(config, bucket))];
}

/** The state of all stacks is in the shared-services account, and so are the rights on it. */
export function stateStatements(use: "read" | "write", props: StateUser): readonly Statement[] {
  const { config, lob, planKeyArn } = props;
  if (lob !== undefined || config.state.backend !== "s3") return [];
  return [
    ...objectStatements(use, config, config.state),
    ...keyStatements(use, config, config.state),
    ...(planKeyArn === undefined ? [] : [planKeyStatement(use, config, planKeyArn)]),
  ];
}

function objects({ environment }: Config, bucket: string, stacks: readonly string[]): string[] {
  return stacks.map((stack) => `arn:aws:s3:::${bucket}/${stateKey(environment, stack)}`);
}

function locks(config: Config, bucket: string): string[] {
  return objects(config, bucket, DEPLOYED_STATES).map((object) => `${object}.tflock`);
}

function objectStatements(use: "read" | "write", config: Config, { bucket }: S3State): readonly Statement[] {
  const look: readonly Statement[] = [
    { Sid: "FindState", Effect: "Allow", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${bucket}` },
    { Sid: "ReadState", Effect: "Allow", Action: "s3:GetObject", Resource: objects(config, bucket, STATES) },
  ];
  if (use === "read") return look;
  return [
    ...look,
    {
      Sid: "WriteState",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: objects(config, bucket, DEPLOYED_STATES),
    },
    {
      Sid: "LockState",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: locks(config, bucket),
    },
  ];
}

/** The key that encrypts the state, through S3 alone: S3 decrypts only objects that the role may read. */
function keyStatements(use: "read" | "write", config: Config, state: S3State): readonly Statement[] {
  const { kmsKeyId } = state;
  if (kmsKeyId === undefined) return [];
  const isKey = /^arn:aws:kms:[\w-]+:\d{12}:key\//.test(kmsKeyId);
  const account = /^arn:aws:kms:[\w-]+:(\d{12}):/.exec(kmsKeyId)?.[1] ?? config.sharedServices.id;
  return [
    {
      Sid: "UseStateKey",
      Effect: "Allow",
      Action: use === "read" ? "kms:Decrypt" : ["kms:Decrypt", "kms:GenerateDataKey"],
      // A policy that names an alias allows changes of the alias, not use of its key.
      Resource: isKey ? kmsKeyId : `arn:aws:kms:${state.region}:${account}:key/*`,
      Condition: {
        StringEquals: { "kms:ViaService": `s3.${state.region}.amazonaws.com` },
        StringLike: {
          "kms:EncryptionContext:aws:s3:arn": [
            `arn:aws:s3:::${state.bucket}`,
            `arn:aws:s3:::${state.bucket}/*`,
          ],
        },
      },
    },
  ];
}

/**
 * The plan role may encrypt a plan, and only the apply role may decrypt it: a plan holds the stack's secrets in clear
 * text.
 */
function planKeyStatement(use: "read" | "write", { environment }: Config, keyArn: string): Statement {
  return {
    Sid: use === "read" ? "SealPlans" : "OpenPlans",
    Effect: "Allow",
    Action: use === "read" ? "kms:GenerateDataKey" : "kms:Decrypt",
    Resource: keyArn,
    Condition: { StringEquals: { "kms:EncryptionContext:environment": environment } },
  };
}
