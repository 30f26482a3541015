import type { Account } from "./account";

/** Attributes of a synthesized resource, with references filled in; what nobody knows yet is absent. */
export type Planned = Readonly<Record<string, unknown>>;

type Search = (
  known: Readonly<Record<string, string>>,
  account: Account,
  planned: Planned,
) => Promise<readonly string[] | undefined>;

type Made = (importId: string, account: Account) => Promise<Readonly<Record<string, string>>>;

/** How a resource that no state has is found, and what Terraform imports it by. */
export type ImportRow =
  | {
      /** Attributes that the search needs, which is not made before all of them are known. */
      readonly needs: readonly string[];
      /**
       * Import ids of all resources in the account that are the planned one; more than one is one too many. Undefined while
       * it cannot be said, since something that the search reads besides is not known.
       */
      readonly search: Search;
      /** The provider cannot import this type, so that its entry is written into the state. */
      readonly byState?: true;
      /**
       * Attributes and blocks that the provider can neither read nor change: it would replace what it has just imported. They are
       * left out of the comparison, and then written into the state.
       */
      readonly unread?: readonly string[];
      /** Attributes that AWS decides and other resources refer to, of the resource with this import id. */
      readonly made?: Made;
    }
  /** Is not looked for, since creating it again does no harm: why. */
  | { readonly again: string };

/** Why many types are created again. */
export const OVERWRITES = "the create call overwrites what is there";

/** The account's resources that are the planned one, by a search of our own. */
export function searched(
  needs: readonly string[],
  search: Search,
  more: { readonly unread?: readonly string[]; readonly made?: Made } = {},
): ImportRow {
  return { needs, search, ...more };
}

/** A resource whose import id is made of attributes, if it exists. */
export function joined(
  separator: string,
  needs: readonly string[],
  exists: (known: Readonly<Record<string, string>>, account: Account) => Promise<boolean>,
): ImportRow {
  return {
    needs,
    search: async (known, account) =>
      (await exists(known, account)) ? [needs.map((attribute) => known[attribute]).join(separator)] : [],
  };
}

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Whether the call succeeds; false where AWS says that there is no such thing. */
export async function isThere(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (saysThatNothingIsThere(error)) return false;
    throw error;
  }
}

/** Each service has its own name for it; SageMaker says it in a ValidationException. */
export function saysThatNothingIsThere(error: unknown): boolean {
  return (
    error instanceof Error &&
    (/NotFound|NoSuch/.test(error.name) || /does not exist|not found/i.test(error.message))
  );
}

/** The tags that a resource gets, the provider's default tags among them. */
export function tagsOf(planned: Planned): Readonly<Record<string, string>> {
  return (planned["tags_all"] ?? {}) as Readonly<Record<string, string>>;
}
