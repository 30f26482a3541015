import type { Moto } from "../../server/call";
import type { Place } from "../vpc-lookup";

/** One type of resource, and how to list what of it is present at a place. */
export interface Listing {
  /** As a line of the inventory begins: `ec2 vpc`. */
  readonly label: string;
  /** Whether the service knows no regions. */
  readonly isGlobal?: boolean;
  /** Ids of what is there, without what every new account has and without what is deleted and only still shown. */
  readonly list: (moto: ListingMoto, place: Place) => Promise<string[]>;
}

export type ListingMoto = Pick<Moto, "query" | "json" | "rest">;

export type Json = Readonly<Record<string, unknown>>;

/** Items under the field of an answer, as texts or by a field of each. */
export function idsIn(answer: unknown, field: string, idField?: string): string[] {
  const items = (answer as Json)[field];
  if (!Array.isArray(items)) return [];
  return items.map((item) => String(idField === undefined ? item : (item as Json)[idField]));
}
