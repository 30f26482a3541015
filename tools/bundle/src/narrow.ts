import type { Plugin } from "esbuild";

const NAMESPACE = "narrowed";

/** Replaces modules with the given code, which may itself import the module that it replaces. */
export function narrow(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      const names = Object.keys(modules).map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
      build.onResolve({ filter: new RegExp(`^(${names.join("|")})$`) }, ({ path, namespace, resolveDir }) => {
        if (namespace === NAMESPACE) return undefined;
        return { path, namespace: NAMESPACE, pluginData: resolveDir, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path, pluginData }) => {
        const contents = modules[path];
        if (contents === undefined) throw new Error(`nothing stands for ${path}`);
        return { contents, resolveDir: String(pluginData) };
      });
    },
  };
}
