import type { Principal } from "../principal";
import { ACCOUNT, OTHER_ACCOUNT } from "./fixtures";
import type { NaivePolicy, NaiveRequest, NaiveStatement } from "./naive-evaluator";
import {
  ACTIONS,
  ASKED,
  FAMILIES,
  GATEWAY_NAMES,
  MORE_ACTIONS,
  NAMES,
  PRINCIPALS,
  RESOURCES,
} from "./random-vocabulary";

/** A number from 0 up to, not including, 1: mulberry32, so that a seed gives the same requests on every machine. */
type Random = () => number;

function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type PolicyPlace =
  "identity" | "boundary" | "session" | "scp" | "rcp" | "interface" | "gateway" | "trust" | "other";

/** What a Principal element names; without one, a policy has no such element. */
const PRINCIPALS_OF: Readonly<Partial<Record<PolicyPlace, readonly unknown[]>>> = {
  rcp: NAMES,
  interface: NAMES,
  gateway: GATEWAY_NAMES,
  trust: NAMES,
  other: NAMES,
};

/** How many policies of a kind are drawn, before requests share them: each has to be compiled. */
const POLICIES = 1500;

/** Draws whole requests: few principals, actions, resources and keys, so that policies often meet a request. */
class Drawing {
  readonly #pools = new Map<PolicyPlace, NaivePolicy[]>();

  constructor(readonly random: Random) {}

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  one<T>(from: readonly [T, ...T[]] | readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  some<T>(from: readonly T[], most: number): T[] {
    return Array.from({ length: 1 + Math.floor(this.random() * most) }, () => this.one(from));
  }

  /** One text as a string or as a list of one, as both are allowed. */
  texts(from: readonly string[], most: number): string | string[] {
    const [first = "", ...rest] = this.some(from, most);
    return rest.length === 0 && this.chance(0.5) ? first : [first, ...rest];
  }

  #operator(): [operator: string, keys: object] {
    const { operators, keys, derived = [], expected } = this.one(FAMILIES);
    const key = this.one([...keys, ...derived]);
    if (this.chance(0.08)) return ["Null", { [key]: this.one(["true", "false"]) }];
    const multivalued = key === "aws:TagKeys";
    const set = multivalued || this.chance(0.12) ? this.one(["ForAllValues:", "ForAnyValue:"]) : "";
    const operator = `${set}${this.one(operators)}${this.chance(0.15) ? "IfExists" : ""}`;
    const second = this.chance(0.15) && !multivalued ? keys.filter((other) => other !== "aws:TagKeys") : [];
    const named = [...new Set([key, ...(second.length > 0 ? [this.one(second)] : [])])];
    return [operator, Object.fromEntries(named.map((name) => [name, this.texts(expected, 3)]))];
  }

  #statement(names: readonly unknown[] | undefined, hasResource: boolean): NaiveStatement {
    const not = (): string => (this.chance(0.15) ? "Not" : "");
    const actions = this.chance(0.5) ? ["*", ...ACTIONS] : [...ACTIONS, ...MORE_ACTIONS];
    return {
      Effect: this.chance(0.12) ? "Deny" : "Allow",
      [`${not()}Action`]: this.texts(actions, 3),
      ...(hasResource ? { [`${not()}Resource`]: this.texts(this.chance(0.5) ? ["*"] : RESOURCES, 3) } : {}),
      ...(names ? { Principal: this.chance(0.3) ? "*" : this.one(names) } : {}),
      ...(this.chance(0.5)
        ? { Condition: Object.fromEntries(this.some([0], 2).map(() => this.#operator())) }
        : {}),
    };
  }

  #draw(kind: PolicyPlace): NaivePolicy {
    const names = PRINCIPALS_OF[kind];
    const hasResource = kind !== "trust";
    const version = this.chance(0.9)
      ? { Version: "2012-10-17" }
      : this.chance(0.5)
        ? { Version: "2008-10-17" }
        : {};
    return { ...version, Statement: this.some([0], 3).map(() => this.#statement(names, hasResource)) };
  }

  policy(kind: PolicyPlace): NaivePolicy {
    const pool = this.#pools.get(kind) ?? [];
    this.#pools.set(kind, pool);
    if (pool.length === POLICIES) return this.one(pool);
    const policy = this.#draw(kind);
    pool.push(policy);
    return policy;
  }

  #levels(kind: "scp" | "rcp"): NaivePolicy[][] {
    const names = PRINCIPALS_OF[kind];
    const full = {
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...(names ? { Principal: "*" } : {}) }],
    };
    return this.some([0], 2).map(() => [this.policy(kind), ...(this.chance(0.5) ? [full] : [])]);
  }

  #tagKeys(): string[] {
    return this.chance(0.1) ? ["", ""] : this.some(["red", "red", "blue", "alice", ""], 3);
  }

  #context(): Record<string, string | string[]> {
    const given = FAMILIES.flatMap(({ keys, actual }) => keys.map((key) => ({ key, actual })));
    const present = given.filter(() => this.chance(0.6));
    return Object.fromEntries(
      present.map(({ key, actual }) => [key, key === "aws:TagKeys" ? this.#tagKeys() : this.one(actual)]),
    );
  }

  #own(principal: Principal): Pick<NaiveRequest, "identity" | "boundary" | "session"> {
    const session = principal.type === "role_session" || principal.type === "federated_user";
    if (!session && principal.type !== "user") return { identity: [], session: [] };
    const limited = principal.type === "federated_user" ? 0.8 : 0.25;
    return {
      identity: this.chance(0.9) ? this.some([0], 2).map(() => this.policy("identity")) : [],
      ...(this.chance(0.2) ? { boundary: this.policy("boundary") } : {}),
      session: session && this.chance(limited) ? this.some([0], 2).map(() => this.policy("session")) : [],
    };
  }

  #endpoint(): Pick<NaiveRequest, "endpoint"> {
    const type = this.one(["interface", "gateway"] as const);
    return { endpoint: { type, policy: this.policy(type) } };
  }

  request(): NaiveRequest {
    const principal = this.one(PRINCIPALS);
    const { action, resource } = this.one(ASKED);
    const account = this.chance(0.75) ? ACCOUNT : OTHER_ACCOUNT;
    const asked = resource(account);
    const trust = action === "sts:AssumeRole";
    const without =
      principal.type === "service" || principal.type === "federated" || principal.type === "anonymous";
    const hasResourcePolicy =
      asked !== "*" && (trust || this.chance(without || account !== ACCOUNT ? 0.9 : 0.5));
    const type = trust ? "trust" : "other";
    return {
      principal,
      action,
      resource: asked,
      context: { ...this.#context(), ...(asked.includes(":::") ? { "aws:ResourceAccount": account } : {}) },
      ...this.#own(principal),
      ...(this.chance(0.25) ? this.#endpoint() : {}),
      ...(hasResourcePolicy ? { resourcePolicy: { type, policy: this.policy(type) } } : {}),
      ...(!without && this.chance(0.15) ? { scps: this.#levels("scp") } : {}),
      ...(this.chance(0.15) ? { rcps: this.#levels("rcp") } : {}),
    };
  }
}

/** The same requests for the same seed. */
export function* randomRequests(seed: number, count: number): Generator<NaiveRequest> {
  const drawing = new Drawing(randomFrom(seed));
  for (let index = 0; index < count; index++) yield drawing.request();
}
