import { createRequire } from "node:module";

import { compiled, isFresh, remember } from "./compiled.mjs";

/** What cdktf runs: bundles the Lambda functions, unless nothing of them has changed, and synthesizes the stacks. */
const load = createRequire(import.meta.url);
const bundler = await compiled("bundler", 'export { bundleAll } from "./tools/bundle/src";');
if (!isFresh("functions")) {
  const functions = await load(bundler).bundleAll();
  const files = functions.flatMap(({ inputs, codePath, zipPath }) => [...inputs, codePath, zipPath]);
  remember("functions", [bundler, ...files]);
}
load(await compiled("stacks", 'import "./stacks/main";'));
