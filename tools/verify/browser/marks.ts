/** A sign for an outcome. Each has a different shape, so that colour is never the only difference. */
export interface Mark {
  readonly sign: string;
  readonly tone: "hub" | "own" | "public" | "shut" | "still" | "doubt";
  readonly meaning: string;
}

export const MARKS = {
  hub: { sign: "●", tone: "hub", meaning: "allowed; to a service: through the hub's endpoint" },
  own: { sign: "◆", tone: "own", meaning: "through an endpoint of its own network" },
  named: { sign: "◐", tone: "hub", meaning: "allowed in the name of one user only" },
  public: { sign: "↗", tone: "public", meaning: "over the public network" },
  shut: { sign: "✕", tone: "shut", meaning: "refused" },
  still: { sign: "·", tone: "still", meaning: "the same network, or not asked" },
  doubt: { sign: "?", tone: "doubt", meaning: "unknown, not deployed, or not in the config" },
} as const satisfies Record<string, Mark>;

const SHUT = ["refused", "no", "apart", "stopped", "stays in the network"];
const OUT = ["public", "public, by address", "leaves the network"];
const STILL = ["itself", "not asked"];
const DOUBT = ["unknown", "not deployed", "not in the config"];

export function markOf(outcome: string): Mark {
  if (SHUT.includes(outcome)) return MARKS.shut;
  if (STILL.includes(outcome)) return MARKS.still;
  if (DOUBT.includes(outcome)) return MARKS.doubt;
  if (OUT.includes(outcome)) return MARKS.public;
  if (outcome === "in a user's name") return MARKS.named;
  return /^endpoint (?!networking\/)/.test(outcome) ? MARKS.own : MARKS.hub;
}
