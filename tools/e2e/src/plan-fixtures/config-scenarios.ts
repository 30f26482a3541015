import type { Config, LineOfBusiness } from "@studio-access/config";

import type { Edit } from "./edits";
import type { Scenario } from "./scenario";

const unchanged: Edit = () => undefined;

function lob(name: string, change: (entry: LineOfBusiness) => LineOfBusiness): (config: Config) => Config {
  return (config) => ({
    ...config,
    linesOfBusiness: config.linesOfBusiness.map((entry) => (entry.name === name ? change(entry) : entry)),
  });
}

const LOB_C: LineOfBusiness = {
  name: "lob-c",
  account: {
    id: "444444444444",
    credentials: { assumeRole: "arn:aws:iam::444444444444:role/studio-access-deploy" },
  },
  cidr: "10.102.0.0/16",
  domainName: "studio-lob-c",
  users: ["user-lob-c"],
};

/** The first deploy, when nothing exists yet. */
export const FIRST_DEPLOY: Scenario = {
  name: "first-deploy",
  stacks: { networking: unchanged, access: unchanged },
};

/** Changes of the config. */
export const CONFIG_CHANGES: readonly Scenario[] = [
  { name: "no-change", stacks: { networking: unchanged, access: unchanged, "lob-a": unchanged } },
  {
    name: "user-added",
    config: lob("lob-a", (entry) => ({ ...entry, users: [...entry.users, "user-new"] })),
    stacks: { "lob-a": unchanged },
  },
  {
    name: "user-removed",
    config: lob("lob-a", (entry) => ({ ...entry, users: [] })),
    stacks: { "lob-a": unchanged },
  },
  {
    name: "lob-added",
    config: (config) => ({ ...config, linesOfBusiness: [...config.linesOfBusiness, LOB_C] }),
    stacks: { networking: unchanged, access: unchanged, "lob-c": unchanged },
  },
  {
    name: "lob-removed",
    config: (config) => ({
      ...config,
      linesOfBusiness: config.linesOfBusiness.filter(({ name }) => name !== "lob-b"),
    }),
    stacks: { networking: unchanged, access: unchanged },
  },
  {
    name: "cidr-changed",
    config: lob("lob-a", (entry) => ({ ...entry, cidr: "10.103.0.0/16" })),
    stacks: { "lob-a": unchanged },
  },
  {
    name: "lob-and-hub",
    config: (config: Config): Config => {
      const { network } = config;
      const supernets = { network: { ...network, lobSupernets: [...network.lobSupernets, "10.64.0.0/12"] } };
      const moved = lob("lob-a", (entry) => ({ ...entry, domainName: "studio-lob-a-new" }))(config);
      return { ...moved, ...supernets };
    },
    stacks: { networking: unchanged, access: unchanged, "lob-a": unchanged },
  },
];
