import { fateOf, fatesOf } from "../../closed-world/table";
import type { GeneratedChange } from "./generator";

/** Why a change that turns no cell red does no harm. */
interface Excuse {
  readonly reason: string;
  readonly covers: (change: GeneratedChange) => boolean;
}

/** The rules by which a surviving change is explained, the first that covers it. A survivor that none covers is a fault. */
export const EXCUSES: readonly Excuse[] = [];

/** @returns undefined where nothing explains that the change survives */
export function excuseFor(change: GeneratedChange): string | undefined {
  const fates = fatesOf(change.type);
  const fate = fates && change.path !== undefined ? fateOf(fates, change.path) : undefined;
  if (fate?.kind === "free") return `free: ${fate.reason}`;
  return EXCUSES.find(({ covers }) => covers(change))?.reason;
}
