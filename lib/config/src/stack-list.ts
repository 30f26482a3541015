import { ciStackName } from "./names/ci-names";
import type { Config } from "./schema";

/** The settings of a config that decide which stacks there are. */
export type StackChoice = Pick<Config, "stateBucket" | "onPremise" | "ci"> & {
  readonly linesOfBusiness: readonly Pick<Config["linesOfBusiness"][number], "name">[];
};

/** A stack of an environment. */
export interface StackEntry {
  readonly name: string;
  /** Stacks whose outputs it reads; each stands before it in the list. */
  readonly dependencies: readonly string[];
  /** Who deploys it: workflows and commands, or an administrator by hand, because every deployment needs it. */
  readonly deployedBy: "workflow" | "administrator";
}

const NETWORKING_STACK = "networking";
const ACCESS_STACK = "access";
const ON_PREMISE_STACK = "on-premise";
const STATE_STACK = "state";

/** Every stack of a config, in the order in which the app has them: each after those that it reads. */
export function stacksOf(config: StackChoice): readonly StackEntry[] {
  const lobs = config.linesOfBusiness.map(({ name }) => name);
  const hub = [NETWORKING_STACK, ACCESS_STACK];
  return [
    ...(config.stateBucket === true ? [byAdministrator(STATE_STACK)] : []),
    byWorkflow(NETWORKING_STACK, []),
    byWorkflow(ACCESS_STACK, [NETWORKING_STACK]),
    ...lobs.map((name) => byWorkflow(name, hub)),
    ...(config.onPremise === null ? [] : [byWorkflow(ON_PREMISE_STACK, hub)]),
    ...((config.ci ?? null) === null
      ? []
      : [undefined, ...lobs].map((lob) => byAdministrator(ciStackName(lob)))),
  ];
}

/** Names of the stacks that commands and workflows deploy, in the order in which they do. */
export function stackNames(config: StackChoice): readonly string[] {
  return stacksOf(config).flatMap(({ name, deployedBy }) => (deployedBy === "workflow" ? [name] : []));
}

/** Stacks whose outputs a stack reads; none for a stack that the config does not have. */
export function dependenciesOf(config: StackChoice, stack: string): readonly string[] {
  return stacksOf(config).find(({ name }) => name === stack)?.dependencies ?? [];
}

/** Whether an administrator deploys the stack, and no workflow, whose roles deny it. */
export function isAdministratorsStack(name: string): boolean {
  return name === STATE_STACK || name === ciStackName() || name.startsWith(`${ciStackName()}-`);
}

function byWorkflow(name: string, dependencies: readonly string[]): StackEntry {
  return { name, dependencies, deployedBy: "workflow" };
}

function byAdministrator(name: string): StackEntry {
  return { name, dependencies: [], deployedBy: "administrator" };
}
