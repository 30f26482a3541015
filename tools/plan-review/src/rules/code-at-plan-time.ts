import { fullSource, type AllowList } from "@studio-access/ci/allow-list";
import { awsProviderVersion, TESTED_AWS_PROVIDER, type Config } from "@studio-access/config";
import type { StackPlan } from "../model";
import { findingOf, stackFinding } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "code-at-plan-time";

export type CodeAtPlanTimeParameters = Pick<AllowList, "providers" | "dataSources">;

function providers(plan: StackPlan, allowed: readonly string[]): readonly Finding[] {
  const declared = plan.providers.map(({ source }) => source);
  const used = plan.resources.map(({ providerSource }) => providerSource);
  const strange = [...new Set([...declared, ...used].map(fullSource))].filter(
    (source) => !allowed.includes(source),
  );
  return strange.map((source) =>
    stackFinding(NAME, "block", plan, {
      message: `The provider ${source} is not allowed: it is a program that has run for this plan, with its credentials.`,
    }),
  );
}

function untried(plan: StackPlan, config: Config): readonly Finding[] {
  const version = awsProviderVersion(config);
  if (version === TESTED_AWS_PROVIDER) return [];
  return [
    stackFinding(NAME, "warn", plan, {
      message: `The plan is made with version ${version} of the AWS provider, as awsProviderVersion says. It is untried: the tests run with ${TESTED_AWS_PROVIDER}.`,
    }),
  ];
}

function dataSources(plan: StackPlan, allowed: readonly string[]): readonly Finding[] {
  return plan.declared
    .filter(({ mode, type }) => mode === "data" && !allowed.includes(type))
    .map((source) =>
      findingOf(
        NAME,
        "block",
        { ...source, stack: plan.stack },
        {
          message: `The data source ${source.type} is not allowed: it is read whenever a plan is made.`,
        },
      ),
    );
}

/** Reports programs that run while a plan is made. */
export function codeAtPlanTime(allowed: CodeAtPlanTimeParameters): Rule {
  return {
    name: NAME,
    severity: "block",
    description:
      "Uses a provider or data source that is not on the allow-list, or an untried provider: both are code that runs at plan time.",
    check: ({ stacks, config }) =>
      stacks.flatMap((plan) => [
        ...providers(plan, allowed.providers),
        ...untried(plan, config),
        ...dataSources(plan, allowed.dataSources),
      ]),
  };
}
