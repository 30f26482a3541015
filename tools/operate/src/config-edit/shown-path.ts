import { relative } from "node:path";

/** A path as it is typed in this folder, unless it lies outside. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
