export { plainStatements, type PlainStatement } from "./statement-fields";
export { statementDifference } from "./statement-difference";
export { widening, type ComparedKind, type NewGrant } from "./widening";
export type { NamedDocument } from "./policy-statements";
