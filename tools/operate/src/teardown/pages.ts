/** One response of a list operation. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  /** Token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/**
 * Every item of a paginated list.
 *
 * The SDK's paginators do the same, but accept only the SDK's client classes, and no fakes.
 */
export async function allPages<Item>(
  ask: (next: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const page = await ask(next);
    items.push(...(page.items ?? []));
    next = page.next;
  } while (next !== undefined && next !== "");
  return items;
}
