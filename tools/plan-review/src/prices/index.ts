import type { Attributes, ResourceChange, StackPlan } from "../model";
import type { RuleContext } from "../rules/rule";
import type { Cost, CostLine } from "./cost";
import { BY_USE, PRICE_BASIS, PRICES, unitsOf, type Price } from "./price-list";

export type { Cost, CostLine } from "./cost";

/** The cost of the plans. @returns undefined where nothing changes that has a price */
export type CostEstimate = (context: RuleContext) => Cost | undefined;

function unitsIn(attributes: Attributes | null, price: Price): number {
  return attributes === null ? 0 : unitsOf(attributes, price);
}

/** Units added, or removed if negative. A resource that only leaves the state still costs. */
function unitChange({ before, after, kind }: ResourceChange, price: Price): number {
  return kind === "forget" ? 0 : unitsIn(after, price) - unitsIn(before, price);
}

function roundCents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

function changed({ resources }: Pick<StackPlan, "resources">): readonly ResourceChange[] {
  return resources.filter(({ mode, kind }) => mode === "managed" && kind !== "no-op" && kind !== "forget");
}

function lineOf(plan: StackPlan, type: string, price: Price): CostLine | undefined {
  const units = changed(plan)
    .filter((resource) => resource.type === type)
    .reduce((sum, resource) => sum + unitChange(resource, price), 0);
  if (units === 0) return undefined;
  const count = Math.abs(units);
  return {
    stack: plan.stack,
    what: `${count} ${count === 1 ? price.one : price.several} ${units > 0 ? "more" : "fewer"}`,
    monthlyChange: roundCents(units * price.monthly),
  };
}

/** The monthly cost of added resources less that of removed ones, at list prices. */
export const estimateCost: CostEstimate = ({ stacks, config }) => {
  const lobs = config.linesOfBusiness.length;
  const prices = [...PRICES].filter(([, { included = 0 }]) => included === 0 || lobs > included);
  const lines = stacks.flatMap((plan) =>
    prices.map(([type, price]) => lineOf(plan, type, price)).filter((line) => line !== undefined),
  );
  const comesOrGoes = stacks.flatMap(changed).filter(({ kind }) => kind === "create" || kind === "delete");
  const unpriced = [
    ...new Set(comesOrGoes.map(({ type }) => type).filter((type) => BY_USE.has(type))),
  ].sort();
  if (lines.length + unpriced.length === 0) return undefined;
  const sum = lines.reduce((total, { monthlyChange }) => total + monthlyChange, 0);
  return { monthlyChange: roundCents(sum), lines, unpriced, basis: PRICE_BASIS };
};
