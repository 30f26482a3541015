/** One answer of a list operation. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  /** Asks for the next page; there is none without. */
  readonly next: string | undefined;
}

/**
 * Every item of a list, whatever the size of its pages.
 *
 * The SDK's paginators do the same, but take only clients of their own classes.
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
