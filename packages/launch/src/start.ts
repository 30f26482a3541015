import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { Listr, type ListrTask, PRESET_TIMER } from "listr2";

import type { CheckResult } from "./checks/check";
import { runCheck } from "./checks/check";
import { JOURNEYS } from "./checks/journeys";
import { claimCheckout, type Instance } from "./instance";
import { LocalDeployment } from "./local-deployment";
import { proofOf, type ProofSummary } from "./proof-summary";
import { report, summary, type Report } from "./report";
import { prepareTools, type Tools } from "@studio-access/runner";
import { prepareWorkspace, type Workspace } from "./workspace";

export interface StartOptions {
  readonly root: string;
  readonly configFile: string;
  /** Name of a deployment beside the usual one. */
  readonly name?: string;
  readonly lobs?: number;
  /** Preferred port. */
  readonly port: number;
  readonly jsonFile?: string;
  readonly noInstall: boolean;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

/** A deployment that is up. */
export interface Running {
  readonly report: Report;
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
    await new Listr<Progress>(steps(options), {
      ctx: progress,
      registerSignalListeners: false,
      rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
      fallbackRendererOptions: { timer: PRESET_TIMER },
      fallbackRendererCondition: () => !process.stdout.isTTY,
    }).run();
    const { deployment, checks, stackSeconds, proof } = progress;
    if (deployment === undefined) throw new Error("nothing was deployed");
    const seconds = (Date.now() - began) / 1000;
    const found = await report(deployment, { checks, stackSeconds, proof: need(proof), seconds });
    options.print(summary(found));
    options.print(`Shell: source ${relative(options.root, join(deployment.workspace.directory, "env.sh"))}`);
    if (options.jsonFile !== undefined)
      await writeFile(options.jsonFile, `${JSON.stringify(found, null, 2)}\n`);
    return { report: found, failed: deployment.aws.failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function steps(options: StartOptions): ListrTask<Progress>[] {
  return [
    {
      title: "Claim this checkout and prepare its files",
      task: async (progress) => {
        progress.instance = await claimCheckout(options.root, options.name);
        progress.workspace = await prepareWorkspace(options);
      },
    },
    {
      title: "Find Terraform, its AWS provider and moto",
      task: async (progress, task) => {
        const { directory } = need(progress.workspace);
        const announce = (text: string): void => {
          task.output = text;
          options.print(text);
        };
        progress.tools = await prepareTools({ directory, noInstall: options.noInstall, announce });
        task.title = progress.tools.summary;
      },
    },
    {
      title: "Start the local AWS",
      task: async (progress, task) => {
        const workspace = need(progress.workspace);
        const { port, signal } = options;
        progress.deployment = await LocalDeployment.start({
          workspace,
          tools: need(progress.tools),
          port,
          signal,
        });
        await need(progress.instance).publish(progress.deployment.endpoint);
        task.title = `Start the local AWS: ${progress.deployment.endpoint}`;
      },
    },
    {
      title: "Bundle the functions and synthesize the stacks",
      task: async ({ deployment }) => need(deployment).synth(),
    },
    {
      title: "Deploy",
      task: async (progress, task) => {
        const deployment = need(progress.deployment);
        task.title = `cdktf deploy ${deployment.stacks.join(" ").slice(0, 60)}`;
        const show = everyFewSeconds((text) => {
          task.output = text;
        });
        const done = await deployment.deploy(deployment.stacks, (now) => {
          show(now.text);
        });
        for (const { stack, seconds: took } of done.stacks) progress.stackSeconds.set(stack, took);
      },
    },
    {
      title: "Check the journeys, and that a second plan changes nothing",
      task: async (progress, task) => {
        const deployment = need(progress.deployment);
        const context = await deployment.checkContext();
        const check = async (): Promise<void> => {
          progress.checks.push({
            name: "every line of business has a user who can sign in",
            ok: context.users.length === deployment.workspace.config.linesOfBusiness.length,
            detail: `${context.users.length} signed in`,
          });
          for (const journey of JOURNEYS) {
            task.output = journey.name;
            progress.checks.push(await runCheck(journey, context));
          }
        };
        // The plans take their time on the processor while the journeys mostly wait for a URL to expire.
        const [, plans] = await Promise.all([check(), checkPlans(deployment)]);
        progress.checks.push(...plans);
      },
    },
    {
      title: "Prove from the state who reaches what, and who may presign for whom",
      task: async (progress, task) => {
        progress.proof = await proofOf(need(progress.deployment).workspace);
        task.title = progress.proof.verdict;
      },
    },
  ];
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

/** Passes on what changed, with pauses: a terminal shows each text in place, a log keeps every one. */
function everyFewSeconds(show: (text: string) => void): (text: string) => void {
  const pause = process.stdout.isTTY ? 200 : 10_000;
  let last = { text: "", at: 0 };
  return (text) => {
    const now = Date.now();
    if (text === last.text || now - last.at < pause) return;
    last = { text, at: now };
    show(text);
  };
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError("an earlier step left this out");
  return value;
}
