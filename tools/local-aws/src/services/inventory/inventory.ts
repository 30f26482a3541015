import type { AwsCall } from "../../server/call";
import type { LocalState } from "../control-plane";
import type { Place } from "../vpc-lookup";
import { EC2_LISTINGS } from "./ec2-listings";
import { JSON_LISTINGS } from "./json-listings";
import type { Listing, ListingMoto } from "./listing";
import { localStateLines } from "./local-state-lines";
import { QUERY_LISTINGS } from "./query-listings";
import { REST_LISTINGS } from "./rest-listings";

const LISTINGS: readonly Listing[] = [...EC2_LISTINGS, ...JSON_LISTINGS, ...QUERY_LISTINGS, ...REST_LISTINGS];

/** Region for calls to global services. */
const GLOBAL_REGION = "us-east-1";

/**
 * All resources in every account that was called. They are read from each service, since moto's own list of objects also
 * holds deleted ones.
 */
export class Inventory {
  readonly #moto: ListingMoto;
  readonly #state: LocalState;
  /** Regions by account. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(moto: ListingMoto, state: LocalState) {
    this.#moto = moto;
    this.#state = state;
  }

  /** Must see every successful call. */
  observe({ account, region, accessKeyId }: Pick<AwsCall, "account" | "region" | "accessKeyId">): void {
    if (accessKeyId === undefined) return;
    this.#seen.set(account, (this.#seen.get(account) ?? new Set()).add(region));
  }

  /** Sorted lines `<account> <region, or global> <service> <type> <id>`. */
  async lines(): Promise<string[]> {
    const accounts = [...this.#seen].map(async ([account, regions]) => {
      const global = this.#linesAt({ account, region: GLOBAL_REGION }, true);
      const regional = [...regions].map((region) => this.#linesAt({ account, region }, false));
      return (await Promise.all([global, ...regional])).flat();
    });
    return [...(await Promise.all(accounts)).flat(), ...localStateLines(this.#state)].sort();
  }

  async #linesAt(place: Place, isGlobal: boolean): Promise<string[]> {
    const where = `${place.account} ${isGlobal ? "global" : place.region}`;
    const listings = LISTINGS.filter((listing) => (listing.isGlobal ?? false) === isGlobal);
    const lines = listings.map(async ({ label, list }) => {
      const ids = await list(this.#moto, place);
      return ids.map((id) => `${where} ${label} ${id}`);
    });
    return (await Promise.all(lines)).flat();
  }
}
