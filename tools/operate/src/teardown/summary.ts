import type { DomainSurvey } from "./domain-survey";
import type { Protection } from "./protections";
import type { StackSurvey } from "./survey";

const KIB = 1024;

/** What a teardown would delete, as text, in the order of deletion. */
export function goesText(stacks: readonly StackSurvey[]): string {
  return stacks
    .filter(({ resources, domains }) => resources.length + domains.length > 0)
    .toReversed()
    .flatMap(({ stack, resources, domains }) => [
      stack,
      ...domains.filter(isAnythingLeft).flatMap(domainLines),
      `  ${counted(resources.length, "resource")} in Terraform's state`,
    ])
    .join("\n");
}

/** The journal may name a domain that an earlier run removed completely. */
function isAnythingLeft({ status, address, fileSystems, groups, logs }: DomainSurvey): boolean {
  const isThere = status !== undefined || address !== undefined;
  return isThere || fileSystems.length + groups.length + logs.length > 0;
}

function domainLines({ domainId, status, content, fileSystems, groups, logs }: DomainSurvey): string[] {
  const { apps, spaces, profiles } = content;
  return [
    ...apps.map(({ name, status: state }) => `  app ${name} (${state})`),
    ...spaces.map(({ name, status: state }) => `  space ${name} (${state}), with its volume`),
    ...(profiles.length === 0 ? [] : [`  user profiles ${profiles.join(", ")}`]),
    `  Studio domain ${domainId}${status === undefined ? ", of which SageMaker left:" : ` (${status})`}`,
    ...fileSystems.map(({ id, bytes }) => `  home directories ${id} (${sizeText(bytes)})`),
    ...groups.map(({ id, name }) => `  security group ${name} (${id})`),
    ...(logs.length === 0
      ? []
      : [`  ${counted(logs.length, "log stream")} of its apps, if you want (--delete-logs)`]),
  ];
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function sizeText(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(KIB)));
  return `${Math.round(bytes / KIB ** power)} ${units[power] ?? ""}`;
}

export interface Staying {
  readonly stacks: readonly string[];
  readonly protections: readonly Protection[];
  readonly configFile: string;
  /** Whether these stacks are deployed without stacks that they depend on. */
  readonly alone: boolean;
}

/** What stays, why, and how to remove it; undefined when nothing stays. */
export function staysText({ stacks, protections, configFile, alone }: Staying): string | undefined {
  if (stacks.length === 0) return undefined;
  const names = stacks.join(", ");
  const deploy = `npx cdktf deploy ${stacks.join(" ")}${alone ? " --ignore-missing-stack-dependencies" : ""}`;
  const byConfig = protections.some(({ by }) => by === "config");
  const remedy = byConfig
    ? `To remove them too: write "dataRetention": "delete" into ${configFile}, deploy that (${deploy}), ` +
      "and run the teardown again."
    : `The config no longer keeps them, but AWS still does: deploy it first (${deploy}), and run the teardown again.`;
  return [
    `These stay, with the stacks that need them: ${names}`,
    ...protections.map(({ stack, what }) => `  ${stack}: ${what}`),
    remedy,
  ].join("\n");
}
