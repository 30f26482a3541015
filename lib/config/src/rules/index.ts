import { accessRules } from "./access";
import { accountRules } from "./accounts";
import { ciRules } from "./ci";
import { domainRules } from "./domain";
import { identityRules } from "./identity";
import { listRules } from "./lists";
import { nameRules } from "./names";
import { onPremiseRules } from "./on-premise";
import { overlapRules } from "./overlaps";
import { placeholderRules } from "./placeholders";
import { rangeRules } from "./ranges";
import { resolverRules } from "./resolver";
import type { Rule } from "./rule";
import { runtimeRules } from "./runtime";
import { stateRules } from "./state";
import { tagRules } from "./tags";
import { userRules } from "./users";
import { zoneSharingRules } from "./zone-sharing";
import { zoneRules } from "./zones";

/** Every rule that looks at more than the type and pattern of one value. */
export const RULES: readonly Rule[] = [
  ...zoneRules,
  ...zoneSharingRules,
  ...accountRules,
  ...rangeRules,
  ...overlapRules,
  ...onPremiseRules,
  ...resolverRules,
  ...runtimeRules,
  ...stateRules,
  ...ciRules,
  ...nameRules,
  ...userRules,
  ...identityRules,
  ...accessRules,
  ...domainRules,
  ...listRules,
  ...tagRules,
  ...placeholderRules,
];
