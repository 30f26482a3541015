import { resolve } from "node:path";

import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { fromIni } from "@aws-sdk/credential-providers";
import { loadConfig, stacksOf, stateKey, type Config } from "@studio-access/config";
import {
  publishedOutputs,
  readState,
  readStateFile,
  type Output,
  type ResourceInstance,
  type State,
} from "@studio-access/terraform";

import { ensureWholeStates } from "./cut-state";

export interface DeployedStateOptions {
  /** Path of the checkout. */
  readonly root: string;
  readonly configFile: string;
}

/**
 * Published outputs of a deployed stack, read from its state alone: no synth and no Terraform are needed. Empty when the
 * stack is not deployed.
 *
 * @throws {ConfigError} with every problem of the config
 * @throws {UnreadableState} when the file or object holds no state
 * @throws {StateOutOfReach} when S3 refuses to return the object
 */
export async function deployedOutputs(
  stack: string,
  { root, configFile }: DeployedStateOptions,
): Promise<Readonly<Record<string, Output>>> {
  const state = await readDeployed(stack, root, loadConfig(configFile));
  return state === undefined ? {} : publishedOutputs(state);
}

/**
 * Every resource of an environment, read like {@link deployedOutputs}. This includes stacks that only an administrator
 * deploys, since they can affect the roles of all others.
 *
 * @throws {NothingDeployed} when no stack of the config has a state
 */
export async function deployedResources({
  root,
  configFile,
}: DeployedStateOptions): Promise<readonly ResourceInstance[]> {
  const config = loadConfig(configFile);
  const states: (State | undefined)[] = [];
  // One at a time, since the states of many lines of business take much memory while they are parsed.
  for (const { name } of stacksOf(config)) states.push(await readDeployed(name, root, config));
  if (states.every((state) => state === undefined)) throw new NothingDeployed(stateLocation(config));
  return states.flatMap((state) => state?.instances ?? []);
}

/**
 * Number of resources that a stack's state has: 0 for one that was never deployed, or is removed.
 *
 * @throws {UnreadableState} when the file or object holds no state
 * @throws {StateOutOfReach} when S3 refuses to return the object
 */
export async function resourcesInState(stack: string, root: string, config: Config): Promise<number> {
  return (await readDeployed(stack, root, config))?.instances.length ?? 0;
}

/**
 * The state of one stack, read where the config keeps it; undefined where there is none.
 *
 * @throws {StateCutOff} when Terraform was killed while it wrote the file
 * @throws {UnreadableState} when the file or object holds no state
 * @throws {StateOutOfReach} when S3 refuses to return the object
 */
export async function readDeployed(stack: string, root: string, config: Config): Promise<State | undefined> {
  const { state } = config;
  if (state.backend === "s3") return readStateObject(config, state, stack);
  const found = await readStateFile(resolve(root, state.directory), stack).catch(async (error: unknown) => {
    await ensureWholeStates([stack], root, config);
    throw error;
  });
  if (found === undefined) await ensureWholeStates([stack], root, config);
  return found;
}

/** Where the states are. */
export function stateLocation({ state }: Config): string {
  return state.backend === "local" ? state.directory : `s3://${state.bucket}`;
}

/** No stack of the config has a state, so there is nothing to read. */
class NothingDeployed extends Error {
  override readonly name = "NothingDeployed";

  constructor(place: string) {
    super(
      `No stack of this config has a state in ${place}: deploy first, or choose another config with --config.`,
    );
  }
}

/** S3 did not return the state. It may exist, but these credentials cannot read it. */
class StateOutOfReach extends Error {
  override readonly name = "StateOutOfReach";

  constructor(stack: string, place: string, error: unknown) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    super(
      `The state of ${stack} cannot be read from ${place}: ${why}\n` +
        "It is read with the state's profile of the config, else with the credentials of the environment, as Terraform does.",
      { cause: error },
    );
  }
}

type S3State = Extract<Config["state"], { readonly backend: "s3" }>;

async function readStateObject(
  { environment }: Config,
  state: S3State,
  stack: string,
): Promise<State | undefined> {
  const text = await objectText(state, stateKey(environment, stack), stack);
  return text === undefined ? undefined : readState(stack, text);
}

/**
 * An object of the state's bucket, read with the credentials that Terraform's backend uses: `state.profile`, else those of
 * the environment. Undefined where there is none.
 *
 * @throws {StateOutOfReach} when S3 refuses to return the object
 */
export async function objectText(
  { bucket, region, profile }: S3State,
  key: string,
  stack: string,
): Promise<string | undefined> {
  const client = new S3Client({
    region,
    ...(profile === undefined ? {} : { credentials: fromIni({ profile }) }),
  });
  try {
    return await (
      await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    ).Body?.transformToString();
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return undefined;
    throw new StateOutOfReach(stack, `s3://${bucket}/${key}`, error);
  }
}
