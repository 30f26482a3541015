import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CONFIG_VARIABLE, stackNames, type Config } from "@studio-access/config";
import {
  createDataPlane,
  startLocalAws,
  type DeployedApis,
  type LocalAws,
  type TokenIssuers,
} from "@studio-access/local-aws";
import {
  deploy,
  destroy,
  plan,
  resourceCounts,
  synth,
  terraform,
  freePort,
  type CdktfOptions,
  type DeployProgress,
  type PlanResult,
  type TerraformOptions,
  type Tools,
} from "@studio-access/terraform-cli";

import type { CheckContext } from "./checks/check";
import { ask } from "./page/ask";
import { factsOf } from "./page/facts";
import { landingPage } from "./page/landing-page";
import { apiUrl, checkContext, portalUrl, signIns, type Deployed, type SignIn } from "./deployed-users";
import { awsConfigFile, awsEnvironment, shellExports, withoutAws } from "./environment";
import { readState, type StackState } from "./state";
import { type Workspace, writeConfig } from "./workspace";

export interface LocalDeploymentOptions {
  readonly workspace: Workspace;
  readonly tools: Tools;
  /** Preferred port of the local AWS; 0 for any. */
  readonly port: number;
  /** Whether a taken port is an error, and no other one is chosen. Default: false. */
  readonly strictPort?: boolean;
  /** Identity providers whose tokens the local AWS verifies, with the URLs of their keys on this machine. Default: none. */
  readonly tokenIssuers?: TokenIssuers | undefined;
  /** Whether Route 53's changes are in sync at once, which they never are on AWS. Default: false. */
  readonly settledRoute53?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** A deploy mostly waits in the AWS provider, so Terraform's default of ten operations at a time would delay the others. */
const TERRAFORM_ARGUMENTS = { TF_CLI_ARGS_apply: "-parallelism=40", TF_CLI_ARGS_destroy: "-parallelism=40" };

/** A local AWS and the deployment in it. */
export class LocalDeployment {
  readonly aws: LocalAws;
  readonly #apis: DeployedApis;
  #workspace: Workspace;
  readonly #tools: Tools;
  /** Ends running commands when the deployment is stopped, or when the local AWS has died and they could only fail. */
  readonly #signal: AbortSignal;
  readonly #environment: Readonly<Record<string, string>>;
  /** Variables of `env.sh`. */
  readonly #shell: Readonly<Record<string, string>>;

  private constructor(
    aws: LocalAws,
    apis: DeployedApis,
    environment: Readonly<Record<string, string>>,
    options: LocalDeploymentOptions,
  ) {
    this.aws = aws;
    this.#apis = apis;
    this.#workspace = options.workspace;
    this.#tools = options.tools;
    const died = new AbortController();
    void aws.failed.then((error) => {
      died.abort(error);
    });
    this.#signal = AbortSignal.any([died.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    this.#shell = { ...environment, ...options.tools.environment, ...TERRAFORM_ARGUMENTS };
    this.#environment = { ...withoutAws(process.env), ...this.#shell };
  }

  /** Starts the local AWS without deploying anything. */
  static async start(options: LocalDeploymentOptions): Promise<LocalDeployment> {
    const { workspace, tools, port, strictPort = false, tokenIssuers, settledRoute53 = false } = options;
    const logDirectory = workspace.logs;
    const { organizationId, access } = workspace.config;
    const domain = access?.domain;
    const started: { apis?: DeployedApis } = {};
    const aws = await startLocalAws({
      port: strictPort ? port : await freePort(port),
      motoServer: tools.motoServer,
      logDirectory,
      settledRoute53,
      ...(organizationId === null ? {} : { organization: { id: organizationId } }),
      ...(tokenIssuers === undefined ? {} : { tokenIssuers }),
      // The company's own, which is there before the deployment.
      ...(domain === undefined ? {} : { certificates: { [domain.certificateArn]: domain.name } }),
      extend: (parts) => {
        const data = createDataPlane(parts, { logDirectory });
        started.apis = data.apis;
        const deployed = (): Deployed => ({ endpoint: aws.endpoint, workspace });
        const page = landingPage({
          facts: async () => factsOf(deployed(), data.apis),
          ask: async (question) => ask(deployed(), question),
        });
        return { ...data, mounts: [page, ...data.mounts] };
      },
    });
    const configFile = join(workspace.directory, "aws-config");
    await writeFile(configFile, awsConfigFile(workspace.config));
    const environment = awsEnvironment(aws.endpoint, workspace.config.region, configFile);
    if (started.apis === undefined) throw new Error("the local AWS started without its data plane");
    const deployment = new LocalDeployment(aws, started.apis, environment, options);
    await deployment.#writeShellVariables({});
    return deployment;
  }

  /** Writes `env.sh`, which makes the local AWS the AWS of the shell that sources it. */
  async #writeShellVariables(more: Readonly<Record<string, string>>): Promise<void> {
    const { directory, configFile, logs } = this.#workspace;
    const variables = { ...this.#shell, [CONFIG_VARIABLE]: configFile, STUDIO_ACCESS_LOGS: logs, ...more };
    await writeFile(join(directory, "env.sh"), shellExports(variables));
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Names of the config's stacks, in the order of deployment. */
  get stacks(): readonly string[] {
    return stackNames(this.#workspace.config);
  }

  /** Changes to another config, and synthesizes it. The deployed stacks do not change before the next deploy. */
  async reconfigure(config: Config): Promise<void> {
    this.#workspace = await writeConfig(this.#workspace, config);
    await this.synth();
  }

  get endpoint(): string {
    return this.aws.endpoint;
  }

  async synth(): Promise<void> {
    await synth(this.#cdktf());
  }

  async deploy(
    stacks = this.stacks,
    onProgress?: (progress: DeployProgress) => void,
  ): Promise<DeployProgress> {
    // More processes would not be faster on a small machine, and each takes hundreds of megabytes.
    const progress = await deploy(stacks, {
      ...this.#cdktf(),
      isSynthesized: true,
      parallelism: 4,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (stacks.includes("access")) await this.#writeShellVariables({ API_URL: await this.apiUrl() });
    return progress;
  }

  async destroy(stacks = this.stacks): Promise<DeployProgress> {
    return destroy(stacks, {
      ...this.#cdktf(),
      isSynthesized: true,
    });
  }

  /** Number of AWS resources in each synthesized stack. */
  async resourceCounts(): Promise<ReadonlyMap<string, number>> {
    return resourceCounts(this.#workspace, this.stacks);
  }

  async plan(stack: string): Promise<PlanResult> {
    return plan(stack, this.#terraform());
  }

  /** Runs terraform in a stack's folder. @returns what it printed */
  async terraform(stack: string, args: readonly string[]): Promise<string> {
    return terraform(stack, args, this.#terraform());
  }

  async state(stack: string): Promise<StackState> {
    return readState(this.workspace, stack);
  }

  /** URL of the API in the local AWS, with the stage: `http://127.0.0.1:…`. */
  async apiUrl(): Promise<string> {
    return apiUrl(this);
  }

  /** URL of the portal on AWS; undefined while there is none. */
  async portalUrl(): Promise<string | undefined> {
    return portalUrl(this, this.#apis);
  }

  async signIns(): Promise<readonly SignIn[]> {
    return signIns(this.#workspace);
  }

  /** Signs in the first user of every line of business. */
  async checkContext(): Promise<CheckContext> {
    return checkContext(this);
  }

  async stop(): Promise<void> {
    await this.aws.stop();
  }

  #cdktf(): CdktfOptions {
    return { folders: this.#workspace, environment: this.#environment, signal: this.#signal };
  }

  #terraform(): TerraformOptions {
    return {
      folders: this.#workspace,
      environment: this.#environment,
      terraform: this.#tools.terraform,
      signal: this.#signal,
    };
  }
}
