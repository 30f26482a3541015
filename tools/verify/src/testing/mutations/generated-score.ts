import type { Config } from "@studio-access/config";

import { domainConfig, withDomain } from "../domain";
import { withOffice } from "../office";
import { providerSchema } from "../provider-schema";
import { groupsConfig, groupsState } from "../user-groups";
import { CLASSES } from "./classes";
import { generatedChanges } from "./generator";
import type { Change, State } from "./mutation";
import { shuffled } from "./random";
import { redCell } from "./red";
import { excuseFor } from "./survivors";

/** What became of changes that were made by machine. */
export interface Score {
  readonly tried: number;
  /** Changes that turned a cell red. */
  readonly red: number;
  /** Numbers of survivors by the reason why they do no harm. */
  readonly excused: ReadonlyMap<string, number>;
  /** Names of survivors without a reason. */
  readonly open: readonly string[];
}

/** A good state: the sample, which has a portal, with groups, a name of the company's own and the simulated corporate network. */
export const goodState: State = withDomain(withOffice(groupsState()));
export const goodConfig: Config = {
  ...groupsConfig,
  access: domainConfig.access,
  onPremise: { cidr: "192.168.10.0/24" },
};

/** Tries as many changes, which the seed chooses. */
export function generatedScore(count: number, seed: number): Score {
  const chosen = shuffled(generatedChanges(goodState, providerSchema()), seed).slice(0, count);
  const survivors = chosen.filter(survives);
  const reasons = survivors.map((change) => excuseFor(change));
  const excused = new Map<string, number>();
  for (const reason of reasons) if (reason !== undefined) excused.set(reason, (excused.get(reason) ?? 0) + 1);
  return {
    tried: chosen.length,
    red: chosen.length - survivors.length,
    excused,
    open: survivors.filter((_change, index) => reasons[index] === undefined).map(({ name }) => name),
  };
}

/** Tries as many variants of a class. No reason excuses one that survives. */
export function classScore(name: string, count: number, seed: number): Score {
  const chosen = shuffled(CLASSES[name]?.(goodState) ?? [], seed).slice(0, count);
  const open = chosen.filter(survives).map((change) => change.name);
  return { tried: chosen.length, red: chosen.length - open.length, excused: new Map(), open };
}

function survives({ change }: { readonly change: Change }): boolean {
  return redCell(change(goodState), goodConfig) === undefined;
}
