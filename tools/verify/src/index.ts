export { prove, type Proof, type ProofFiles } from "./proof";
export { parseState, readStateFolder } from "./state/read-state";
export type { Resource } from "./state/resource";
