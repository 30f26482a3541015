import type { Config } from "@studio-access/config";

import type { Studio } from "../config-edit/edit-config";
import type { NextStep } from "../config-edit/next-steps";

/** What to deploy after a line of business was added, in this order. */
export function afterAddingLob(name: string, config: Config, studio: Studio): readonly NextStep[] {
  return [
    ...rolesOfWorkflows(name, config),
    ["Deploy its stack:", studio(`deploy ${name}`)] as const,
    ...stacksThatFollow(config, studio),
  ];
}

function rolesOfWorkflows(name: string, { ci }: Config): readonly NextStep[] {
  if (ci === undefined || ci === null) return [];
  const stack = `ci-access-${name}`;
  return [
    [
      `An administrator deploys ${stack} first, with the roles of the GitHub workflows (docs/ci.md):`,
      `npx cdktf deploy ${stack}`,
    ],
  ];
}

function stacksThatFollow({ organizationId }: Config, studio: Studio): readonly NextStep[] {
  if (organizationId !== null) return [];
  return [
    [
      "networking and access name each account, since the config names no Organization: they follow.",
      studio("deploy networking access"),
    ],
  ];
}
