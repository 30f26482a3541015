export {
  cutPlan,
  cutSynthesized,
  readFixture,
  writeFixture,
  type Fixture,
  type RecordedStack,
} from "./fixture";
export { FIXTURES, realPlan, realPlanNames } from "./real-plan";
