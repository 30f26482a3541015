import type { Moto } from "../../server/call";
import type { Place } from "../vpc-lookup";

/** One type of resource, and how to list its resources in an account and region. */
export interface Listing {
  /** Service and type in a line of the inventory: `ec2 vpc`. */
  readonly label: string;
  /** Whether the service is global. */
  readonly isGlobal?: boolean;
  /** Ids of the resources, without the defaults of a new account and without deleted resources that are still listed. */
  readonly list: (moto: ListingMoto, place: Place) => Promise<string[]>;
}

export type ListingMoto = Pick<Moto, "query" | "json" | "rest">;

export type Json = Readonly<Record<string, unknown>>;

/** Ids in a list field of a reply: its items, or a field of each item. */
export function idsIn(answer: unknown, field: string, idField?: string): string[] {
  const items = (answer as Json)[field];
  if (!Array.isArray(items)) return [];
  return items.map((item) => String(idField === undefined ? item : (item as Json)[idField]));
}
