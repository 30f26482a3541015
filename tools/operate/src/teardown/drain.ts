import { isNamed } from "./aws-errors";
import { waitUntil, type Waiting } from "./wait";

/** A kind of items that are all to be deleted. */
export interface Kind<Item> {
  /** Plural for messages: `apps`. */
  readonly plural: string;
  readonly minutes: number;
  list(): Promise<readonly Item[]>;
  readonly nameOf: (item: Item) => string;
  /** `ignore` for an item that does not block the deletion and cannot be deleted. */
  next(item: Item): "delete" | "wait" | "ignore";
  delete(item: Item): Promise<unknown>;
}

/** AWS's error codes for an item that is already deleted, and for one that is changing now. */
const GONE = "ResourceNotFound";
const BUSY = ["ResourceInUse", "ConflictException"];

/** Highest number of names in a line of progress. */
const NAMES_SHOWN = 3;

/** Deletes all items, including new ones, and waits until none is left. @throws {WaitedTooLong} */
export async function drain<Item>(kind: Kind<Item>, waiting: Waiting): Promise<void> {
  const look = async (): Promise<string | undefined> => {
    const items = (await kind.list()).filter((item) => kind.next(item) !== "ignore");
    const deletable = items.filter((item) => kind.next(item) === "delete");
    for (const item of deletable) await deleteOne(kind, item);
    return items.length === 0 ? undefined : describe(kind, items);
  };
  await waitUntil(`deleting the ${kind.plural}`, kind.minutes, look, waiting);
}

async function deleteOne<Item>(kind: Kind<Item>, item: Item): Promise<void> {
  try {
    await kind.delete(item);
  } catch (error) {
    // The next look shows whether the item is gone or can be deleted.
    if (!isNamed(error, GONE, ...BUSY)) throw error;
  }
}

function describe<Item>({ plural, nameOf }: Kind<Item>, items: readonly Item[]): string {
  const names = items.slice(0, NAMES_SHOWN).map(nameOf).join(", ");
  return `${items.length} ${plural} left: ${names}${items.length > NAMES_SHOWN ? ", …" : ""}`;
}
