export { prove, type Proof, type ProofFiles } from "./proof";
export { readStateFolder } from "./state/read-state";
