import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { runSteps, type Step } from "@studio-access/terraform-cli/steps";

import { runCheck, type CheckContext, type CheckResult, type Journey } from "./checks/check";
import { JOURNEYS } from "./checks/journeys";
import { PORTAL_JOURNEY } from "./checks/portal-journey";
import { hasStandInUsers } from "./deployed-users";
import { claimCheckout, type Instance } from "./instance";
import { LocalDeployment } from "./local-deployment";
import { proofOf, type ProofSummary } from "./proof-summary";
import { report, summary, type Report } from "./report";
import { prepareTools, type Tools } from "@studio-access/terraform-cli";
import { prepareWorkspace, type Workspace } from "./workspace";

export interface StartOptions {
  readonly root: string;
  readonly configFile: string;
  /** Name of a deployment beside the default one. */
  readonly name?: string;
  readonly lobs?: number;
  /** Preferred port. */
  readonly port: number;
  /** Whether a taken port is an error, and no other one is chosen. */
  readonly strictPort: boolean;
  readonly jsonFile?: string;
  readonly noInstall: boolean;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

/** A running deployment. */
export interface Running {
  readonly report: Report;
  /** File with its environment variables, relative to the checkout. */
  readonly shell: string;
  /** Resolves if the local AWS ends by itself. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

interface Progress {
  instance?: Instance;
  workspace?: Workspace;
  tools?: Tools;
  deployment?: LocalDeployment;
  proof?: ProofSummary;
  stackSeconds: Map<string, number>;
  checks: CheckResult[];
}

/**
 * Deploys everything into a new local AWS and checks it.
 *
 * @throws whatever the first failing step throws, with the local AWS stopped again
 */
export async function start(options: StartOptions): Promise<Running> {
  const began = Date.now();
  const progress: Progress = { stackSeconds: new Map(), checks: [] };
  const stop = async (): Promise<void> => {
    await progress.deployment?.stop();
    await progress.instance?.release();
  };
  try {
    await runSteps(steps(options, progress));
    const { deployment, checks, stackSeconds, proof } = progress;
    if (deployment === undefined) throw new Error("nothing was deployed");
    const seconds = (Date.now() - began) / 1000;
    const found = await report(deployment, { checks, stackSeconds, proof: need(proof), seconds });
    options.print(summary(found));
    if (options.jsonFile !== undefined)
      await writeFile(options.jsonFile, `${JSON.stringify(found, null, 2)}\n`);
    const shell = relative(options.root, join(deployment.workspace.directory, "env.sh"));
    return { report: found, shell, failed: deployment.aws.failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function steps(options: StartOptions, progress: Progress): readonly Step[] {
  return [
    {
      title: "Claim this checkout and prepare its files",
      run: async () => {
        progress.instance = await claimCheckout(options.root, options.name);
        progress.workspace = await prepareWorkspace(options);
      },
    },
    {
      title: "Find Terraform, its AWS provider and moto",
      run: async (line) => {
        const { directory } = need(progress.workspace);
        const announce = (text: string): void => {
          line.say(text);
          // A terminal removes the text with the step's line, and a log keeps it.
          if (process.stdout.isTTY) options.print(text);
        };
        progress.tools = await prepareTools({ directory, noInstall: options.noInstall, announce });
        line.rename(progress.tools.summary);
      },
    },
    {
      title: "Start the local AWS",
      run: async (line) => {
        const workspace = need(progress.workspace);
        const { port, strictPort, signal } = options;
        progress.deployment = await LocalDeployment.start({
          workspace,
          tools: need(progress.tools),
          port,
          strictPort,
          signal,
        });
        await need(progress.instance).publish(progress.deployment.endpoint);
        const { endpoint } = progress.deployment;
        const taken = port !== 0 && !endpoint.endsWith(`:${port}`);
        line.rename(`Start the local AWS: ${endpoint}${taken ? ` (port ${port} is taken)` : ""}`);
      },
    },
    {
      title: "Bundle the functions and synthesize the stacks",
      run: async () => need(progress.deployment).synth(),
    },
    {
      title: "Deploy",
      run: async (line) => {
        const deployment = need(progress.deployment);
        line.rename(`cdktf deploy ${deployment.stacks.join(" ").slice(0, 60)}`);
        const done = await deployment.deploy(deployment.stacks, ({ text }) => {
          line.report(text);
        });
        for (const { stack, seconds: took } of done.stacks) progress.stackSeconds.set(stack, took);
      },
    },
    {
      title: "Check the journeys, and that a second plan changes nothing",
      run: async (line) => {
        const deployment = need(progress.deployment);
        const standIn = hasStandInUsers(deployment.workspace);
        if (!standIn)
          line.rename(
            "Check that a second plan changes nothing; journeys are left out, for nobody signs in here with another provider",
          );
        const context = standIn ? await deployment.checkContext() : undefined;
        if (context !== undefined)
          progress.checks.push({
            name: "every line of business has a user who can sign in",
            ok: context.users.length === deployment.workspace.config.linesOfBusiness.length,
            detail: `${context.users.length} signed in`,
          });
        const journeys = context === undefined ? [] : journeysOf(context);
        const results = new Map<Journey, CheckResult>();
        const check = async (journey: Journey): Promise<void> => {
          line.say(journey.name);
          results.set(journey, await runCheck(journey, need(context)));
        };
        for (const journey of journeys.filter(({ waits }) => waits !== true)) await check(journey);
        // The plans use the processor while a URL expires. Before, they would slow down the functions' cold starts.
        const waiting = journeys.filter(({ waits }) => waits === true).map(check);
        const [plans] = await Promise.all([checkPlans(deployment), ...waiting]);
        progress.checks.push(...journeys.map((journey) => need(results.get(journey))));
        progress.checks.push(...plans);
      },
    },
    {
      title: "Prove from the state who reaches what, and who may presign for whom",
      run: async (line) => {
        progress.proof = await proofOf(need(progress.deployment).workspace);
        line.rename(progress.proof.verdict);
      },
    },
  ];
}

function journeysOf({ portal }: CheckContext): readonly Journey[] {
  return portal === undefined ? JOURNEYS : [...JOURNEYS, PORTAL_JOURNEY];
}

/** Plans every stack again, two at a time. */
async function checkPlans(deployment: LocalDeployment): Promise<CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const waiting = [...deployment.stacks];
  const work = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack !== undefined; stack = waiting.shift()) {
      const { changed, changes } = await deployment.plan(stack);
      const detail = changed ? `changes: ${changes.join(", ")}` : "no changes";
      results.set(stack, { name: `a second plan of ${stack} is empty`, ok: !changed, detail });
    }
  };
  await Promise.all([work(), work()]);
  return deployment.stacks.map((stack) => need(results.get(stack)));
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError("an earlier step left this out");
  return value;
}
