import { join, resolve } from "node:path";
import { type BundledFunction, bundleFunction } from "./bundle-function";
import { FUNCTIONS } from "./functions";

/** Root of this checkout. */
export const ROOT = resolve(__dirname, "../../..");

/**
 * Bundles every function.
 *
 * @param options.root path of another checkout
 * @param options.outDir a folder that gets one folder per function, instead of their own `dist` folders
 */
export function bundleAll(options: { root?: string; outDir?: string } = {}): Promise<BundledFunction[]> {
  const { root = ROOT, outDir } = options;
  return Promise.all(
    FUNCTIONS.map((definition) => {
      const place = outDir === undefined ? {} : { outDir: join(outDir, definition.name) };
      return bundleFunction({ ...definition, root, ...place });
    }),
  );
}
