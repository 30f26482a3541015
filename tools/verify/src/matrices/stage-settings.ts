import { isRecord, type ResourceInstance } from "@studio-access/terraform";
import type { Model } from "../model/model";
import { ofType, text } from "../model/attributes";
import type { CellResult } from "./matrix";

type Setting = readonly [name: string, answer: () => CellResult];

/** Outcome for a stage whose deployment was made of the policy and the authorizer in the state. */
export const CURRENT = "what stands in the state";

/** Which deployment the API's stages serve. */
export function stageSettings({ resources }: Model): readonly Setting[] {
  return ofType(resources, "aws_api_gateway_stage").map((stage): Setting => [
    `API: stage ${text(stage, "stage_name")} serves`,
    () => servedBy(stage, resources),
  ]);
}

/**
 * A deployment is a snapshot of the API: a policy or authorizer that changed later is not in force. The deployment's
 * triggers hold the policy and the authorizer that it was made of.
 */
function servedBy(stage: ResourceInstance, resources: readonly ResourceInstance[]): CellResult {
  const deployments = ofType(resources, "aws_api_gateway_deployment");
  const deployment = deployments.find((each) => text(each, "id") === text(stage, "deployment_id"));
  if (deployment === undefined)
    return { outcome: "another deployment", reason: `${stage.address} has one that the state does not hold` };
  const triggers = deployment.values["triggers"];
  const snapshot = isRecord(triggers) ? triggers : {};
  const api = text(stage, "rest_api_id");
  const policies = ofType(resources, "aws_api_gateway_rest_api_policy");
  const policy = policies.find((each) => text(each, "rest_api_id") === api);
  if (policy === undefined || canonical(snapshot["policy"]) !== canonical(policy.values["policy"]))
    return { outcome: "another policy", reason: `${deployment.address} was made of another policy` };
  const authorizers = ofType(resources, "aws_api_gateway_authorizer").map(
    (each) => `${text(each, "authorizer_uri")} ${text(each, "identity_source")} ${secondsOf(each)}`,
  );
  if (!authorizers.some((authorizer) => authorizer === snapshot["authorizer"]))
    return { outcome: "another authorizer", reason: `${deployment.address} was made of another authorizer` };
  return { outcome: CURRENT, reason: `${deployment.address} was made of it` };
}

function secondsOf({ values }: ResourceInstance): string {
  return String(values["authorizer_result_ttl_in_seconds"]);
}

/** JSON with sorted keys: AWS returns a policy with its keys in another order than it was given. */
function canonical(json: unknown): string {
  if (typeof json !== "string") return "";
  try {
    return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
      isRecord(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
    );
  } catch {
    return json;
  }
}
