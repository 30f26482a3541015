export { plainStatements, type PlainStatement, type StatementFields } from "./statement-fields";
export {
  statementDifference,
  type ChangedStatement,
  type FieldDifference,
  type StatementDifference,
} from "./statement-difference";
export {
  widening,
  type JudgedKind,
  type GrantedRequest,
  type NewGrant,
  type Widening,
  type WideningOptions,
} from "./widening";
export type { NamedDocument } from "./policy-statements";
