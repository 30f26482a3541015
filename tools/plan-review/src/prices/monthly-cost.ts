import { BY_USE, PRICE_BASIS, PRICES, unitsOf } from "./price-list";

/** A resource of a stack, with its attributes as synthesized. */
export interface PricedResource {
  readonly stack: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What an environment costs while it exists, as far as prices are known. */
export interface MonthlyCost {
  /** US dollars a month. */
  readonly monthly: number;
  readonly lines: readonly MonthlyLine[];
  /** Types of resources in the stacks that are charged by use, which is not counted here. */
  readonly byUse: readonly string[];
  /** Where the prices are from and what they leave out, as a sentence. */
  readonly basis: string;
}

interface MonthlyLine {
  readonly stack: string;
  /** `2 hosted zones`. */
  readonly what: string;
  /** US dollars a month. */
  readonly monthly: number;
}

/** The monthly cost of all resources, at list prices: a line per stack and type of resource, in the given order of stacks. */
export function monthlyCost(resources: readonly PricedResource[]): MonthlyCost {
  const stacks = [...new Set(resources.map(({ stack }) => stack))];
  const free = new Map([...PRICES].map(([type, { included = 0 }]) => [type, included]));
  const lines = stacks.flatMap((stack) => linesOf(stack, resources, free));
  const types = new Set(resources.map(({ type }) => type));
  return {
    monthly: cents(lines.reduce((sum, { monthly }) => sum + monthly, 0)),
    lines,
    byUse: [...types].filter((type) => BY_USE.has(type)).sort(),
    basis: PRICE_BASIS,
  };
}

/** @param free - units of each type that cost nothing, less those that earlier stacks used up */
function linesOf(
  stack: string,
  resources: readonly PricedResource[],
  free: Map<string, number>,
): readonly MonthlyLine[] {
  return [...PRICES].flatMap(([type, price]) => {
    const own = resources.filter((resource) => resource.stack === stack && resource.type === type);
    const all = own.reduce((sum, { body }) => sum + unitsOf(body, price), 0);
    const units = Math.max(0, all - (free.get(type) ?? 0));
    free.set(type, Math.max(0, (free.get(type) ?? 0) - all));
    if (units === 0) return [];
    const what = `${units} ${units === 1 ? price.one : price.several}`;
    return [{ stack, what, monthly: cents(units * price.monthly) }];
  });
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
