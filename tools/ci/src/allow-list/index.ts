export { ALLOW_LIST, fullSource, type AllowList } from "./allow-list";
export { checkFolder, type FolderCheck } from "./folder";
export type { Refusal } from "./refusal";
export { backendRefusals, stackRefusals } from "./stack-refusals";
