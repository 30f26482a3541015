import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Config } from "@studio-access/config";
import { readState, type ResourceInstance } from "@studio-access/terraform";
import { boundaryArn } from "../expect/workflows";
import { text } from "../model/attributes";
import { sampleConfig, sampleState } from "./sample";

/** The sample's config with roles for workflows. */
export const workflowsConfig: Config = {
  ...sampleConfig,
  ci: { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" },
};

/** The sample's state with the stacks `ci-access…`, as synthesized. Its other roles have the boundary of their account. */
export function workflowsState(): readonly ResourceInstance[] {
  const bound = sampleState().map((resource) => {
    if (resource.type !== "aws_iam_role") return resource;
    const account = text(resource, "arn").split(":")[4] ?? "";
    return {
      ...resource,
      values: { ...resource.values, permissions_boundary: boundaryArn(workflowsConfig, account) },
    };
  });
  return [...bound, ...read("ci-access"), ...read("ci-access-lob-a"), ...read("ci-access-lob-b")];
}

/** Reads a fixture. The stack of the second line of business is the first one's with another name and account. */
function read(stack: string): readonly ResourceInstance[] {
  const isSecond = stack === "ci-access-lob-b";
  const file = isSecond ? "ci-access-lob-a" : stack;
  const json = readFileSync(join(__dirname, "../../fixtures", `${file}.state.json`), "utf8");
  return readState(
    stack,
    isSecond ? json.replaceAll("222222222222", "333333333333").replaceAll("lob-a", "lob-b") : json,
  ).instances;
}
