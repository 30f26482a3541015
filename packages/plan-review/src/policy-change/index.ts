export type { PlainStatement, StatementFields } from "./statement-fields";
export {
  statementDifference,
  type ChangedStatement,
  type FieldDifference,
  type StatementDifference,
} from "./statement-difference";
