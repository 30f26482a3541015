/**
 * Changes how zones are shared, there and back, in the local AWS, while Studio's name is asked for without a break from the
 * line of business's VPC. At last takes Studio's zone away, as a check of the asking. Ends with 1 when the name was without
 * answer before, or has one then.
 *
 *     npm run -w tools/e2e zone-sharing
 */
import { setTimeout as delay } from "node:timers/promises";

import type { Config } from "@studio-access/config";
import {
  startDeployment,
  withLobs,
  type CheckContext,
  type LocalDeployment,
} from "@studio-access/local-deployment";
import { endWith } from "@studio-access/terraform-cli";

type ZoneSharing = Config["network"]["zoneSharing"];

const LOB = "lob-a";
const EVERY_MS = 100;

interface Change {
  readonly to: ZoneSharing;
  /** Stacks of each deploy; the order matters on the way back. */
  readonly deploys: readonly (readonly string[])[];
}

type Question = Pick<CheckContext, "api"> & { readonly region: string };

/** Without one that another reads cdktf would ignore their order. */
const ALL = [["networking", "access", LOB]];

const CHANGES: readonly Change[] = [
  { to: "both", deploys: ALL },
  { to: "profile", deploys: ALL },
  { to: "both", deploys: ALL },
  { to: "associations", deploys: [[LOB], ["networking"]] },
];

async function main(): Promise<void> {
  const deployment = await startDeployment({
    name: "zone-sharing",
    config: "config/local.json",
    settledRoute53: true,
    change: (config) => sharing({ ...withLobs(config, 1), onPremise: null }, "associations"),
  });
  try {
    await deployment.synth();
    await deployment.deploy();
    const { api } = await deployment.checkContext();
    const question = { api, region: deployment.workspace.config.region };
    await expectAnswer(question);
    for (const change of CHANGES) await changed(deployment, question, change);
    await expectNoAnswerWithoutZone(deployment, question);
  } finally {
    await deployment.stop();
  }
}

const sharing = (config: Config, zoneSharing: ZoneSharing): Config => ({
  ...config,
  network: { ...config.network, zoneSharing },
});

async function changed(
  deployment: LocalDeployment,
  question: Question,
  { to, deploys }: Change,
): Promise<void> {
  const { config } = deployment.workspace;
  await deployment.reconfigure(sharing(config, to));
  const asking = new Asking(question);
  for (const stacks of deploys) await deployment.deploy(stacks);
  const { answered, missed } = await asking.ended();
  const from = config.network.zoneSharing;
  process.stdout.write(
    `${from} to ${to}: ${answered + missed} times asked, ${missed} times without answer\n`,
  );
  if (missed > 0) throw new Error("the name was cut off");
  await expectAnswer(question);
  for (const stack of ["networking", LOB]) {
    const { changes } = await deployment.plan(stack);
    if (changes.length > 0)
      throw new Error(`the second plan of ${stack} is not empty: ${changes.join(", ")}`);
  }
}

/** Asks for Studio's name until it is told to end. */
class Asking {
  readonly #stop = new AbortController();
  readonly #done: Promise<{ readonly answered: number; readonly missed: number }>;

  constructor(question: Question) {
    this.#done = this.#ask(question);
    // A deploy that fails stops the local AWS, and is what is to be told.
    this.#done.catch(() => undefined);
  }

  async ended(): Promise<{ readonly answered: number; readonly missed: number }> {
    this.#stop.abort();
    return this.#done;
  }

  async #ask(question: Question): Promise<{ readonly answered: number; readonly missed: number }> {
    const counts = { answered: 0, missed: 0 };
    while (!this.#stop.signal.aborted) {
      if (await isAnswered(question)) counts.answered += 1;
      else counts.missed += 1;
      await delay(EVERY_MS);
    }
    return counts;
  }
}

/** Whether a browser in the line of business's VPC reaches Studio, which leads a browser without a session to AWS's sign-in. */
async function isAnswered({ api, region }: Question): Promise<boolean> {
  const { status } = await api.ask(`https://d-000000000000.studio.${region}.sagemaker.aws/`, {
    vantage: LOB,
  });
  return status === 302;
}

async function expectAnswer(question: Question): Promise<void> {
  if (!(await isAnswered(question))) throw new Error("Studio's name is not answered while no deploy runs");
}

async function expectNoAnswerWithoutZone(deployment: LocalDeployment, question: Question): Promise<void> {
  const addresses = (await deployment.terraform(LOB, ["state", "list"])).split("\n");
  const zone = addresses.find((address) =>
    address.startsWith("aws_route53_zone_association.HubHandshake_Zone-studio_"),
  );
  if (zone === undefined) throw new Error("no association of Studio's zone is in the state");
  await deployment.terraform(LOB, ["destroy", "-auto-approve", "-no-color", `-target=${zone}`]);
  if (await isAnswered(question)) throw new Error("Studio's name is answered without its zone");
  process.stdout.write("without its zone the name has no answer\n");
}

endWith(main());
