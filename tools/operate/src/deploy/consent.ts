export interface Consent {
  /** Where the plans are applied: `environment prod, in AWS`. */
  readonly place: string;
  /** The value of `--auto-approve`. */
  readonly isGiven: boolean;
  /** Asks the user; absent without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** @throws {Error} when nobody could be asked later: then planning would be for nothing */
export function ensureConsentIsPossible({ isGiven, ask }: Pick<Consent, "isGiven" | "ask">): void {
  if (isGiven || ask !== undefined) return;
  throw new Error(
    "Without a terminal nobody can be asked whether to apply the plans, so nothing was planned. Review them with " +
      "`./studio plan`, then deploy with --auto-approve.",
  );
}

/** Asks as Terraform does: only `yes` is a yes. */
export async function isApproved(
  stacks: readonly string[],
  waiting: number,
  { place, isGiven, ask }: Consent,
): Promise<boolean> {
  if (isGiven) return true;
  const rest =
    waiting === 0
      ? ""
      : ` ${waiting} more ${waiting === 1 ? "stack follows" : "stacks follow"}, planned and asked for after these.`;
  const question = `\nApply these plans of ${stacks.join(", ")} to ${place}?${rest} Only 'yes' applies them: `;
  return (await ask?.(question))?.trim() === "yes";
}
