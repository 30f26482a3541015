import type { Config, LineOfBusiness } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";
import type { JUDGED_BY_MATRICES, Statements } from "./policies/expected-statements";

/**
 * What becomes of a resource type's attributes. An attribute of the provider's schema that stands in none of the three lists
 * must not be set. See `table.ts` for what is said of every type at once.
 */
export interface TypeRules {
  /** How many instances each stack has, by the kind of the stack; none where a kind is not named. */
  readonly count: Partial<Readonly<Record<StackKind, Count>>>;
  /** Paths that a matrix reads, separated by blanks. A path stands for everything below it as well. */
  readonly modelled?: string;
  /** The value that each path must have, or every value that it may have. */
  readonly fixed?: Readonly<Record<string, Fixed>>;
  /** Why a value does no harm, and the paths of which that is so. */
  readonly free?: Readonly<Record<string, string>>;
}

export type StackKind = "networking" | "access" | "lob" | "on-premise" | "state" | "ci";
/** So many, or, as `atMost`, so many or fewer. */
export type Count = number | ((stack: StackContext) => number | { readonly atMost: number });
export type Fixed = Literal | Expectation;
export type Literal = string | number | boolean | readonly (string | number)[];
export type Expectation = (context: AttributeContext) => Expected;
/** Undefined: the attribute must not be set. */
export type Expected = OneOf | Literal | Map | Statements | typeof JUDGED_BY_MATRICES | undefined;
type Map = Readonly<Record<string, string>>;

/** A stack of the config, as far as it decides what the stack holds. */
export interface StackContext {
  readonly config: Config;
  readonly stack: string;
  readonly kind: StackKind;
  /** 12 digits: the account that the stack deploys into. */
  readonly account: string;
  /** The line of business of a stack of one. */
  readonly lob: LineOfBusiness | undefined;
}

export interface AttributeContext extends StackContext {
  readonly resource: ResourceInstance;
  /** The values of an attribute of all resources of a type in a stack whose addresses contain `part`. */
  readonly valuesOf: (stack: string, type: string, attribute: string, part?: string) => readonly unknown[];
}

/** Several values, of which an attribute has one. */
export class OneOf {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

export function oneOf(...values: readonly (string | number | boolean | undefined)[]): Expectation {
  return () => new OneOf(values);
}

/** A reference to a resource of the attribute's own stack. */
export function own(type: string, attribute = "id", part?: string): Expectation {
  return ({ valuesOf, stack }) => new OneOf(valuesOf(stack, type, attribute, part));
}

/** References to all such resources of the attribute's own stack. */
export function allOwn(type: string, attribute = "id", part?: string): Expectation {
  return ({ valuesOf, stack }) => valuesOf(stack, type, attribute, part) as readonly string[];
}

/** A reference to a resource of another stack. */
export function inStack(stack: string, type: string, attribute = "id", part?: string): Expectation {
  return ({ valuesOf }) => new OneOf(valuesOf(stack, type, attribute, part));
}

/** A value by the kind of the stack. A kind that is not named has none. */
export function byKind(values: Partial<Readonly<Record<StackKind, Fixed>>>): Expectation {
  return (context) => valueOf(values[context.kind], context);
}

/** A value by a part of the resource's address; unset where none matches. The first match counts. */
export function byAddress(values: Readonly<Record<string, Fixed>>): Expectation {
  return (context) => {
    const part = Object.keys(values).find((each) => context.resource.address.includes(each));
    return part === undefined ? undefined : valueOf(values[part], context);
  };
}

/** A value that AWS repeats after a refresh, where another resource says it: it may also be absent. */
export function repeated(fixed: Fixed): Expectation {
  return either(() => undefined, fixed);
}

/** Any of several expectations. */
export function either(...all: readonly Fixed[]): Expectation {
  return (context) =>
    new OneOf(
      all.flatMap((each) => {
        const value = valueOf(each, context);
        return value instanceof OneOf ? value.values : [value];
      }),
    );
}

export function valueOf(fixed: Fixed | undefined, context: AttributeContext): Expected {
  return typeof fixed === "function" ? fixed(context) : fixed;
}

/** Beginning of the names of an environment's resources. */
export function prefix({ config }: StackContext): string {
  return `studio-access-${config.environment}`;
}

/** A name below the environment's prefix; `VPC` in it stands for what the stack's network is called. */
export function named(...names: readonly string[]): Expectation {
  return (context) =>
    new OneOf(names.map((name) => `${prefix(context)}-${name.replace("VPC", networkName(context))}`));
}

/** The log groups of the stack, by the ends of their names. */
export function logGroup(...ends: readonly string[]): Expectation {
  return (context) =>
    new OneOf(ends.map((end) => `/${prefix(context)}/${end.replace("VPC", networkName(context))}`));
}

/** What the names of a stack's network begin with. */
export function networkName({ kind, stack }: StackContext): string {
  return kind === "networking" ? "hub" : stack;
}
