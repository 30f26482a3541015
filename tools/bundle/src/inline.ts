import { relative, join } from "node:path";
import { build, type Plugin } from "esbuild";

const NAMESPACE = "inline";
const SUFFIX = /\?inline$/;

/**
 * Compiles what is imported as `NAME?inline` for browsers; its text is the import's default. esbuild escapes what would
 * end a script or style element.
 *
 * @param root root of the checkout
 * @param inputs is added the source files, relative to the root
 */
export function inline(root: string, inputs: Set<string>): Plugin {
  return {
    name: NAMESPACE,
    setup(outer) {
      // Relative to the root, since the path becomes part of the source map.
      outer.onResolve({ filter: SUFFIX }, ({ path, resolveDir }) => ({
        path: relative(root, join(resolveDir, path.replace(SUFFIX, ""))),
        namespace: NAMESPACE,
      }));
      outer.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
        const { outputFiles, metafile } = await build({
          absWorkingDir: root,
          entryPoints: [path],
          bundle: true,
          platform: "browser",
          target: ["es2022", "chrome109", "firefox115", "safari16"],
          format: "iife",
          minify: true,
          legalComments: "none",
          metafile: true,
          write: false,
          logLevel: "warning",
        });
        for (const input of Object.keys(metafile.inputs)) inputs.add(input);
        return { contents: outputFiles[0]?.text.trim() ?? "", loader: "text" };
      });
    },
  };
}
