export { GithubStandIn } from "../github/testing/stand-in";
export { isRecord } from "../model/plan-json";
export {
  cutPlan,
  cutSynthesized,
  readFixture,
  writeFixture,
  type Fixture,
  type RecordedStack,
} from "./fixture";
export { FIXTURES, realPlan, realPlanNames } from "./real-plan";
