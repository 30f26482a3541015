import type { SynthesizedResource } from "@studio-access/terraform";
import pMap from "p-map";

import type { Account } from "./account";
import type { EvaluatedStack } from "./evaluated-stack";
import { saysThatNothingIsThere, text, type ImportRow, type Planned } from "./import-row";

const SEARCHES_AT_ONCE = 8;

/** A resource that is in AWS and in no state. */
export interface Leftover {
  readonly address: string;
  /** Path of the construct. */
  readonly path: string;
  readonly account: string;
  readonly importId: string;
  /** Whether its entry is written into the state, since the provider cannot import its type. */
  readonly byState: boolean;
  /** Attributes and blocks that are written into the state after the import, since the provider cannot read them. */
  readonly unread: readonly string[];
}

/** A planned resource that several resources of the account could be. */
interface Unclear {
  readonly address: string;
  readonly path: string;
  readonly account: string;
  readonly candidates: readonly string[];
}

export interface Found {
  readonly leftovers: readonly Leftover[];
  readonly unclear: readonly Unclear[];
}

/**
 * Looks in AWS for each resource that a stack calls for and that its state does not have. What is found makes more
 * attributes known, so that it looks again until nothing more is found. Reads only.
 */
export async function findLeftovers(
  stack: EvaluatedStack,
  rows: Readonly<Record<string, ImportRow>>,
  accountOf: (id: string) => Account,
): Promise<Found> {
  const leftovers: Leftover[] = [];
  const unclear: Unclear[] = [];
  let left = stack.missing;
  for (let before = -1; leftovers.length > before;) {
    before = leftovers.length;
    const answers = await pMap(left, async (resource) => look(resource, stack, rows, accountOf), {
      concurrency: SEARCHES_AT_ONCE,
    });
    left = left.filter((resource, index) => {
      const answer = answers[index];
      if (answer === undefined) return true;
      const { ids, made } = answer;
      const { address, constructPath: path, type } = resource;
      const place = { address, path, account: stack.accountOf(resource) ?? "" };
      const [importId, ...others] = ids;
      if (importId === undefined) return false;
      const row = rows[type];
      if (others.length > 0) unclear.push({ ...place, candidates: ids });
      else {
        stack.add(address, { importId, made });
        leftovers.push({
          ...place,
          importId,
          byState: row !== undefined && "byState" in row,
          unread: row !== undefined && "unread" in row ? row.unread : [],
        });
      }
      return false;
    });
  }
  return { leftovers, unclear };
}

interface Answer {
  /** Import ids of what the resource could be. */
  readonly ids: readonly string[];
  /** Attributes of the only one that AWS decides. */
  readonly made: Readonly<Record<string, string>>;
}

const NOTHING: Answer = { ids: [], made: {} };

/** What the resource could be; undefined while attributes that the search needs are not known. */
async function look(
  resource: SynthesizedResource,
  stack: EvaluatedStack,
  rows: Readonly<Record<string, ImportRow>>,
  accountOf: (id: string) => Account,
): Promise<Answer | undefined> {
  const row = rows[resource.type];
  if (row === undefined) throw new Error(`Nothing is known of how to import ${resource.type}.`);
  if ("again" in row) return NOTHING;
  const planned = stack.planned(resource);
  const known = knownOf(planned, row.needs);
  if (known === undefined) return undefined;
  const account = stack.accountOf(resource) ?? "";
  try {
    const ids = await row.search(known, accountOf(account), planned);
    const [id, ...others] = ids ?? [];
    const isOne = id !== undefined && others.length === 0;
    const made = isOne ? await row.made?.(id, accountOf(account)) : undefined;
    return ids === undefined ? undefined : { ids, made: made ?? {} };
  } catch (error) {
    if (saysThatNothingIsThere(error)) return NOTHING;
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(`Account ${account} could not be searched for ${resource.constructPath}: ${why}`, {
      cause: error,
    });
  }
}

function knownOf(planned: Planned, needs: readonly string[]): Readonly<Record<string, string>> | undefined {
  const known = Object.fromEntries(needs.map((attribute) => [attribute, text(planned[attribute])]));
  return Object.values(known).includes("") ? undefined : known;
}
