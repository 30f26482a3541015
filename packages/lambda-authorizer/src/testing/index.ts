export { createKey } from "./issuer";
export { type RunningProvider, startProvider } from "./running-provider";
