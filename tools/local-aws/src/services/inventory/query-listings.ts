import { childrenOf, descendant, parseXml, textAt } from "../../server/xml";
import type { Listing } from "./listing";

interface QueryType {
  readonly label: string;
  readonly action: string;
  readonly list: string;
  readonly id: string;
  readonly isGlobal?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

const TYPES: readonly QueryType[] = [
  {
    label: "iam instance-profile",
    action: "ListInstanceProfiles",
    list: "InstanceProfiles",
    id: "InstanceProfileName",
    isGlobal: true,
  },
  {
    label: "iam policy",
    action: "ListPolicies",
    list: "Policies",
    id: "Arn",
    isGlobal: true,
    parameters: { Scope: "Local" },
  },
  { label: "iam role", action: "ListRoles", list: "Roles", id: "RoleName", isGlobal: true },
  { label: "iam user", action: "ListUsers", list: "Users", id: "UserName", isGlobal: true },
  { label: "monitoring alarm", action: "DescribeAlarms", list: "MetricAlarms", id: "AlarmName" },
  { label: "monitoring composite-alarm", action: "DescribeAlarms", list: "CompositeAlarms", id: "AlarmName" },
  { label: "monitoring dashboard", action: "ListDashboards", list: "DashboardEntries", id: "DashboardName" },
  { label: "sns topic", action: "ListTopics", list: "Topics", id: "TopicArn" },
];

/** Services of the Query protocol: `<ActionResponse><ActionResult><List><member>…`. */
export const QUERY_LISTINGS: readonly Listing[] = TYPES.map(
  ({ label, action, list, id, isGlobal, parameters }) => ({
    label,
    ...(isGlobal && { isGlobal }),
    async list(moto, { account, region }) {
      const service = label.split(" ")[0] ?? label;
      const reply = await moto.query(service, account, region, { Action: action, ...parameters });
      if (reply.status >= 300)
        throw new Error(`moto answered ${service} ${action} with HTTP ${reply.status}`);
      const members = descendant(parseXml(reply.body.toString()), `${action}Result`, list);
      return members ? childrenOf(members, "member").map((member) => textAt(member, id) ?? "") : [];
    },
  }),
);
