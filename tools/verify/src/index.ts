export { prove, type Proof, type ProofFiles } from "./proof";
