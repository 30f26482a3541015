import type { Config } from "@studio-access/config";
import { isRecord, type ResourceInstance } from "@studio-access/terraform";
import type { MatrixName } from "../../matrices/matrix";

export type State = readonly ResourceInstance[];
export type Change = (state: State) => State;

/** One wrong change of the deployed state, and the cell that must turn red. */
export interface Mutation {
  readonly name: string;
  readonly change: Change;
  /** Changes of the config, for a change that is wrong only with another config. */
  readonly config?: Partial<Config>;
  readonly cell: readonly [matrix: MatrixName, row: string, column: string];
}

/** Names a resource by its stack, its type and a part of its address. */
export type Target = readonly [stack: string, type: string, part?: string];

function isTarget([stack, type, part = ""]: Target): (resource: ResourceInstance) => boolean {
  return (resource) => resource.stack === stack && resource.type === type && resource.address.includes(part);
}

/** @throws {RangeError} unless exactly one resource matches: a mutation without a target would test nothing */
export function only(state: State, target: Target): ResourceInstance {
  const found = state.filter(isTarget(target));
  const [resource] = found;
  if (resource === undefined || found.length > 1)
    throw new RangeError(`${target.join(" ")} matches ${found.length} resources`);
  return resource;
}

export function drop(...target: Target): Change {
  return (state) => {
    const gone = only(state, target);
    return state.filter((resource) => resource !== gone);
  };
}

type Values = ResourceInstance["values"];

export function set(target: Target, values: Values | ((state: State) => Values)): Change {
  return (state) => {
    const old = only(state, target);
    const patch = typeof values === "function" ? values(state) : values;
    return state.map((resource) =>
      resource === old ? { ...old, values: { ...old.values, ...patch } } : resource,
    );
  };
}

export function add(stack: string, type: string, values: Values | ((state: State) => Values)): Change {
  return (state) => [
    ...state,
    {
      stack,
      address: `${type}.Added`,
      mode: "managed",
      type,
      values: typeof values === "function" ? values(state) : values,
    },
  ];
}

export function all(...changes: readonly Change[]): Change {
  return (state) => changes.reduce((changed, change) => change(changed), state);
}

/** Text of an attribute of another resource. */
export function of(state: State, target: Target, attribute: string): string {
  const value = only(state, target).values[attribute];
  if (typeof value !== "string") throw new RangeError(`${target.join(" ")} has no ${attribute}`);
  return value;
}

/** Replaces text in an attribute. @throws {RangeError} when the text is not there */
export function replace(target: Target, attribute: string, from: string | RegExp, to: string): Change {
  return (state) => {
    const old = of(state, target, attribute);
    const changed = old.replace(from, to);
    if (changed === old)
      throw new RangeError(`${target.join(" ")}: ${attribute} does not hold ${String(from)}`);
    return set(target, { [attribute]: changed })(state);
  };
}

export interface StatementJson {
  Sid?: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: Record<string, unknown>;
}

/** Edits the statements of a policy. */
export function policy(
  target: Target,
  attribute: string,
  edit: (statements: readonly StatementJson[]) => readonly unknown[],
): Change {
  return (state) => {
    const document: unknown = JSON.parse(of(state, target, attribute));
    if (!isRecord(document) || !Array.isArray(document["Statement"]))
      throw new RangeError(`${target.join(" ")}: no policy`);
    const changed = edit(document["Statement"] as readonly StatementJson[]);
    return set(target, { [attribute]: JSON.stringify({ ...document, Statement: changed }) })(state);
  };
}

/** Takes the conditions away from a statement, all or those under one operator. */
export function withoutCondition(sid: string, operator?: string): Parameters<typeof policy>[2] {
  return (statements) =>
    statements.map((statement) => {
      if (statement.Sid !== sid) return statement;
      const { Condition: conditions = {}, ...rest } = statement;
      const kept = Object.entries(conditions).filter(([name]) => operator !== undefined && name !== operator);
      return kept.length === 0 ? rest : { ...rest, Condition: Object.fromEntries(kept) };
    });
}
