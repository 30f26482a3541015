import { iamData } from "@studio-access/policy";
import type { Candidate } from "./candidate";
import { textsOfElement } from "@studio-access/policy/questions";
import type { PolicyPair } from "./policy-statements";

/** Examples for the actions of services that no statement names: one for each way in which AWS authorizes actions. */
const ELSEWHERE = ["s3:GetObject", "ec2:DescribeInstances", "execute-api:Invoke"];

function candidate(service: string, name: string): Candidate | undefined {
  const action = iamData.action(service, name);
  return action && { action: `${service}:${action.name}`, takes: action.resources, words: {} };
}

function named(text: string): Candidate | undefined {
  const [service = "", name = ""] = text.split(":");
  return candidate(service.toLowerCase(), name);
}

function servicesOf(texts: readonly string[]): readonly string[] {
  const services = texts.map((text) => text.split(":")[0]?.toLowerCase() ?? "");
  return [...new Set(services)].filter((service) => iamData.hasService(service));
}

/**
 * The actions of the requests to compare: first those that the statements spell out, then all others of the services
 * that they name, then examples of other services. For a role's trust policy AWS evaluates actions of STS alone.
 */
export function actionCandidates({ kind, statements }: PolicyPair): readonly Candidate[] {
  const texts = textsOfElement(statements, "Action");
  const services = kind === "trust" ? ["sts"] : servicesOf(texts);
  const others = kind === "trust" ? [] : ELSEWHERE;
  const all = services.flatMap((service) =>
    iamData.actions(service).map(({ name }) => candidate(service, name)),
  );
  return [...texts.map(named), ...others.map(named), ...all].filter((found) => found !== undefined);
}
