import { iamData } from "@studio-access/policy";
import type { Candidate } from "./candidate";
import { textsOfElement } from "./elements";
import type { PolicyPair } from "./policy-statements";

/** Stand for the actions of every service that no statement names; one for each way of being authorized. */
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
 * The actions of a universe: those that the statements spell out come first, then all of every service that they name,
 * and some of another. Of a role's trust policy only STS's actions are ever asked.
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
