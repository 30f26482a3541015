import { lt } from "semver";

import { problem } from "../problem";
import { awsProviderVersion } from "../provider-versions";
import type { Rule } from "./rule";

/** The first version of the AWS provider that knows the runtime nodejs24.x. */
const KNOWS_NODE_24 = "6.21.0";

const runtimeOfProvider: Rule = ({ lambdaRuntime, awsProviderVersion: version }) =>
  lambdaRuntime === "nodejs24.x" && lt(awsProviderVersion({ awsProviderVersion: version }), KNOWS_NODE_24)
    ? [
        problem(
          ["lambdaRuntime"],
          lambdaRuntime,
          `AWS provider ${awsProviderVersion({ awsProviderVersion: version })} does not know it`,
          `write nodejs22.x; or awsProviderVersion ${KNOWS_NODE_24} or later, which is untried`,
        ),
      ]
    : [];

export const runtimeRules: readonly Rule[] = [runtimeOfProvider];
