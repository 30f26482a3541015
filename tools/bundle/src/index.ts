export { bundleAll } from "./bundle-all";
export { type BundledFunction, bundleFunction, type BundleOptions } from "./bundle-function";
export { type FunctionDefinition, FUNCTIONS } from "./functions";
export { zipOf } from "./zip";
