/**
 * The questions to ask of policies: values, principals and texts for each case that the policies themselves distinguish, and
 * a stranger of each kind.
 */
export { answer, type Answer, type KeyFacts, type Question } from "./answer";
export {
  comparisonsOf,
  fillsOf,
  spellings,
  textsOfElement,
  variablesIn,
  VARIABLE_VALUE,
  type Comparison,
  type Fills,
  type RawStatement,
} from "./elements";
export { arnsOf, OTHER, OTHER_ACCOUNT } from "./glob-examples";
export { choicesOf, isMultivalued, valuesOfKey } from "./key-values";
export { anyOfAccount, namedPrincipals, principalsFor } from "./principals";
export type { KnownPrincipal } from "./variations";
export { Undecidable } from "./undecidable";
