import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { readStateFolder } from "@studio-access/terraform";

import { inAccount, type ClientSettings } from "./aws";
import {
  deleteRoute,
  deleteRow,
  denyAtEndpoint,
  misdirectRule,
  pointElsewhere,
  rewriteRolePolicy,
  rewriteTrust,
  stopPropagation,
  type PutBack,
  type Values,
} from "./changes";
import { leaveOutZone } from "./wrong-changes";

const SHARED = "111111111111";
const LOB_A = "222222222222";
const URL_JOURNEY = "a user gets a Studio URL";

/** A wrong change of the deployment, and the failure that a journey must then show. */
export interface CarelessChange {
  readonly name: string;
  /** Part of the journey's name. */
  readonly journey: string;
  /** The journey's failure message. */
  readonly detail: RegExp;
  /** Text that the logs of the network and of the permissions must hold: the cause itself. */
  readonly log?: RegExp;
  readonly change: (scene: Scene) => Promise<PutBack>;
}

/** The deployment, and clients of the accounts in which it is changed. */
export interface Scene {
  readonly deployment: LocalDeployment;
  readonly shared: ClientSettings;
  readonly lobA: ClientSettings;
  /** Attributes of the resource of a stack whose address begins like this. @throws when there is none */
  readonly find: (stack: string, type: string, name: string) => Values;
}

export async function sceneOf(deployment: LocalDeployment): Promise<Scene> {
  const states = await readStateFolder(deployment.workspace.stateDirectory);
  const resources = states.flatMap(({ instances }) => instances);
  return {
    deployment,
    shared: inAccount(deployment, SHARED),
    lobA: inAccount(deployment, LOB_A),
    find: (stack, type, name) => {
      const found = resources.find(
        (each) => each.stack === stack && each.address.startsWith(`${type}.${name}_`),
      );
      if (found === undefined) throw new Error(`${stack} holds no ${type}.${name}`);
      return found.values;
    },
  };
}

export const CARELESS_CHANGES: readonly CarelessChange[] = [
  {
    name: "the access VPC's routes no longer propagate to the hub's route table",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 504 \(upstream_timeout\)/,
    log: /the Transit Gateway route table of vpc-\w+ has no route to/,
    change: ({ shared, find }) =>
      stopPropagation(
        shared,
        find(
          "access",
          "aws_ec2_transit_gateway_route_table_propagation",
          "HubConnection_Routing_PropagationToHub",
        ),
      ),
  },
  {
    name: "the hub's route back to the access VPC is gone",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 504 \(upstream_timeout\)/,
    log: /no way back from vpce-\w+: the route table of subnet-\w+ has no route to 10\.17\./,
    change: ({ shared, find }) =>
      deleteRoute(shared, find("networking", "aws_route", "Hub_RouteTo-101700--16")),
  },
  {
    name: "the endpoints' security group no longer admits the access VPC",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 504 \(upstream_timeout\)/,
    log: /the security group of vpce-\w+ does not allow TCP 443 from 10\.17\./,
    change: ({ shared, find }) =>
      misdirectRule(
        shared,
        find("networking", "aws_vpc_security_group_ingress_rule", "Endpoints_TlsFrom-101700--16"),
      ),
  },
  {
    name: "STS's name resolves to another endpoint",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 504 \(upstream_timeout\)/,
    log: /sts\.eu-west-1\.amazonaws\.com resolves to it, but it serves com\.amazonaws\.eu-west-1\.kms/,
    change: ({ shared, find }) =>
      pointElsewhere(
        shared,
        find("networking", "aws_route53_record", "Endpoints_Record-sts"),
        find("networking", "aws_route53_record", "Endpoints_Record-kms"),
      ),
  },
  {
    name: "the access role no longer lets its session be tagged",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 502 \(upstream_error\)/,
    log: /DENIED sts:TagSession: .* no Allow of sts:TagSession in trust policy/,
    change: ({ lobA, find }) =>
      rewriteTrust(lobA, find("lob-a", "aws_iam_role", "AccessRole"), (json) =>
        json.replace('"sts:SetSourceIdentity","sts:TagSession"', '"sts:SetSourceIdentity"'),
      ),
  },
  {
    name: "the presign function may no longer assume roles",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 502 \(upstream_error\)/,
    log: /DENIED sts:AssumeRole: .* no Allow of sts:AssumeRole in identity policy/,
    change: ({ shared, find }) =>
      rewriteRolePolicy(
        shared,
        find("access", "aws_iam_role_policy", "PresignFunction_Presign_Policy"),
        (json) => json.replace('"sts:AssumeRole"', '"sts:GetCallerIdentity"'),
      ),
  },
  {
    name: "SageMaker's endpoint denies everything",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 502 \(upstream_error\)/,
    log: /explicit Deny in endpoint policy vpce-\w+, statement 0 \(Mistake\)/,
    change: ({ shared, find }) =>
      denyAtEndpoint(shared, find("networking", "aws_vpc_endpoint", "Endpoints_Endpoint-sagemaker-api")),
  },
  {
    name: "the access role's condition names other endpoints",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 502 \(upstream_error\)/,
    log: /no Allow of sagemaker:CreatePresignedDomainUrl in identity policy presign/,
    change: ({ lobA, find }) =>
      rewriteRolePolicy(lobA, find("lob-a", "aws_iam_role_policy", "AccessRole_Policy"), (json) =>
        json.replaceAll(/vpce-\w+/g, "vpce-00000000000000bad"),
      ),
  },
  {
    name: "a user's row is gone",
    journey: URL_JOURNEY,
    detail: /user-lob-a: expected 302, saw 403/,
    change: ({ shared, find }) =>
      deleteRow(shared, find("lob-a", "aws_dynamodb_table_item", "Directory_User-user-lob-a")),
  },
  {
    name: "the corporate desktop's network loses its routes to the hub",
    journey: URL_JOURNEY,
    detail: /expected 302, saw 504/,
    change: deleteDesktopRoutes,
  },
  {
    name: "the corporate desktop's network loses Studio's zone",
    journey: "the Studio URL opens from the corporate network",
    detail: /expected Studio, saw 403/,
    log: /DENIED use of a Studio URL, .* without an endpoint/,
    change: leaveOutStudioZone,
  },
];

const LOGS = ["network.log", "enforcement.log"];

/** Follows the local AWS's logs of connections and permissions. @returns a function that reads what was logged since */
export async function listen({ workspace }: LocalDeployment): Promise<() => Promise<string>> {
  const read = async (): Promise<readonly string[]> =>
    Promise.all(LOGS.map((name) => readFile(join(workspace.logs, name), "utf8").catch(() => "")));
  const before = await read();
  return async () => (await read()).map((log, index) => log.slice(before[index]?.length)).join("");
}

async function deleteDesktopRoutes({ shared, find }: Scene): Promise<PutBack> {
  const undo: PutBack[] = [];
  for (const route of ["HubPeering_PrivateToHub", "HubPeering_PublicToHub"])
    undo.push(await deleteRoute(shared, find("on-premise", "aws_route", route)));
  return async () => {
    for (const putBack of undo) await putBack();
  };
}

async function leaveOutStudioZone({ deployment, find }: Scene): Promise<PutBack> {
  const { zone_id: zone, vpc_id: vpc } = find(
    "on-premise",
    "aws_route53_zone_association",
    "HubPeering_Zone-studio",
  );
  return leaveOutZone(deployment, { account: SHARED, zoneId: String(zone), vpcId: String(vpc) });
}
