import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "../aws";
import { operate } from "./operator-command";

interface StackReport {
  readonly stack: string;
  readonly status: string;
  readonly drift: readonly {
    readonly address: string;
    readonly kind: string;
    readonly attributes: unknown;
  }[];
  readonly pending: readonly { readonly address: string; readonly attributes: readonly unknown[] }[];
}

interface Looked {
  readonly code: number;
  readonly stdout: string;
  readonly stacks: readonly StackReport[];
}

const SHARED = "111111111111";
const LOB_A = "222222222222";
const BY_HAND = "changed by hand";

/** A new deployment has not drifted, though a refresh finds many values that AWS filled in. */
export async function nothingHasDrifted(deployment: LocalDeployment): Promise<void> {
  const { code, stdout, stacks } = await look(deployment);
  expect(stacks.map(({ stack, status }) => `${stack} ${status}`)).toEqual(
    deployment.stacks.map((stack) => `${stack} clean`),
  );
  const said = stdout.includes("Nothing changed outside of Terraform.");
  expect({ code, said }).toEqual({ code: 0, said: true });
}

/** Changes by hand in two accounts are reported by stack, address and attribute; all other stacks are clean. */
export async function changesByHandAreFound(deployment: LocalDeployment): Promise<void> {
  const Resources = [String((await deployment.state("lob-a")).outputs["vpc_id"])];
  const hub = new EC2Client(inAccount(deployment, SHARED));
  const lob = new EC2Client(inAccount(deployment, LOB_A));
  const rule = await tlsRule(hub);
  await describeRule(hub, rule, BY_HAND);
  await lob.send(new CreateTagsCommand({ Resources, Tags: [{ Key: "Owner", Value: "somebody" }] }));
  try {
    const { code, stdout, stacks } = await look(deployment, ["networking", "access", "lob-a"]);
    expect(code).toBe(2);
    expect(stdout).toContain(`description: ${rule.Description ?? ""} → ${BY_HAND}`);
    expect(driftOf(stacks)).toEqual({
      networking: [
        changed(/^aws_vpc_security_group_ingress_rule\.Endpoints_TlsFrom-/, {
          attribute: "description",
          before: rule.Description,
          after: BY_HAND,
        }),
      ],
      "lob-a": [
        changed(/^aws_vpc\.Network_Vpc_/, { attribute: "tags.Owner", before: null, after: "somebody" }),
      ],
    });
    expect(stacks.flatMap(({ pending }) => pending)).toEqual([]);
  } finally {
    await describeRule(hub, rule, rule.Description ?? "");
    await lob.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: "Owner" }] }));
  }
}

/** A rule that somebody adds by hand, which no plan shows, and a change of the config, which is no drift. */
export async function additionsAndNewsAreToldApart(deployment: LocalDeployment): Promise<void> {
  const { config } = deployment.workspace;
  const hub = new EC2Client(inAccount(deployment, SHARED));
  const { GroupId } = await tlsRule(hub);
  const ssh = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  await hub.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
  await deployment.reconfigure(Object.assign({}, config, { logRetentionDays: 60 }));
  try {
    const { code, stacks } = await look(deployment);
    expect(code).toBe(2);
    expect(driftOf(stacks)).toEqual({
      networking: [
        {
          ...changed(/^aws_security_group\.Endpoints_SecurityGroup_/, {
            attribute: "ingress",
            before: null,
            after: "tcp 22-22 0.0.0.0/0",
          }),
          kind: "added to",
        },
      ],
    });
    for (const { stack, pending } of stacks) {
      const news = new Set(pending.flatMap(({ attributes }) => attributes.map((one) => JSON.stringify(one))));
      const longer = { attribute: "retention_in_days", sensitive: false, before: 30, after: 60 };
      expect({ stack, news: [...news] }).toEqual({ stack, news: [JSON.stringify(longer)] });
    }
  } finally {
    await deployment.reconfigure(config);
    await hub.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
  }
}

async function look(deployment: LocalDeployment, args: readonly string[] = []): Promise<Looked> {
  const file = join(deployment.workspace.directory, "drift.json");
  await rm(file, { force: true });
  const { code, stdout, stderr } = await operate(deployment, "drift", ["--json", file, ...args]);
  // Without a report, the printed output says why.
  const report = await readFile(file, "utf8").catch(() => {
    throw new Error(stderr);
  });
  return { code, stdout, stacks: (JSON.parse(report) as { stacks: readonly StackReport[] }).stacks };
}

/** Drifted resources by stack, without stacks that did not drift. */
function driftOf(stacks: readonly StackReport[]): Readonly<Record<string, unknown>> {
  const drifted = stacks.filter(({ drift }) => drift.length > 0);
  return Object.fromEntries(
    drifted.map(({ stack, drift }) => [
      stack,
      drift.map(({ address, kind, attributes }) => ({ address, kind, attributes })),
    ]),
  );
}

/** A resource with exactly one changed attribute. */
function changed(address: RegExp, attribute: object): object {
  return {
    address: expect.stringMatching(address) as unknown,
    kind: "changed",
    attributes: [{ sensitive: false, ...attribute }],
  };
}

/** A rule of the endpoints' security group. */
async function tlsRule(hub: EC2Client): Promise<SecurityGroupRule> {
  const { SecurityGroupRules = [] } = await hub.send(new DescribeSecurityGroupRulesCommand({}));
  const rule = SecurityGroupRules.find(
    ({ Description, IsEgress }) => IsEgress === false && Description?.startsWith("TLS from a spoke") === true,
  );
  if (rule === undefined) throw new Error("the endpoints' security group has no rule");
  return rule;
}

async function describeRule(hub: EC2Client, rule: SecurityGroupRule, Description: string): Promise<void> {
  const { GroupId, SecurityGroupRuleId, IpProtocol, FromPort, ToPort, CidrIpv4 } = rule;
  const SecurityGroupRule = { IpProtocol, FromPort, ToPort, CidrIpv4, Description };
  const SecurityGroupRules = [{ SecurityGroupRuleId, SecurityGroupRule }];
  await hub.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }));
}
