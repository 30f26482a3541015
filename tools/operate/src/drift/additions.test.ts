import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

import { additions } from "./additions";

type Values = Readonly<Record<string, unknown>>;

function there(type: string, values: Values): StateResourceJson {
  return { address: `${type}.x`, mode: "managed", type, name: "x", values };
}

function plan(...resources: readonly StateResourceJson[]): PlanJson {
  return { format_version: "1.2", prior_state: { values: { root_module: { resources } } } };
}

/** What was added, by stack, as `attribute entry`. */
function added(stacks: Readonly<Record<string, PlanJson>>): Readonly<Record<string, readonly string[]>> {
  const found = additions(new Map(Object.entries(stacks)));
  return Object.fromEntries(
    [...found].map(([stack, resources]) => [
      stack,
      resources.flatMap(({ attributes }) =>
        attributes.map((change) => `${change.attribute} ${change.sensitive ? "?" : String(change.after)}`),
      ),
    ]),
  );
}

const TLS = { protocol: "tcp", from_port: 443, to_port: 443 };

function group(...ingress: readonly Values[]): StateResourceJson {
  return there("aws_security_group", { id: "sg-1", ingress, egress: [] });
}

function rule(values: Values): StateResourceJson {
  return there("aws_vpc_security_group_ingress_rule", {
    security_group_id: "sg-1",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    ...values,
  });
}

describe("rules of a security group", () => {
  it("are not additions when a resource creates them, however the group merges them in its list", () => {
    const listed = {
      ...TLS,
      cidr_blocks: ["10.0.0.0/16", "10.1.0.0/16"],
      prefix_list_ids: ["pl-1"],
      self: true,
    };
    const stack = plan(
      group(listed),
      rule({ cidr_ipv4: "10.0.0.0/16" }),
      rule({ cidr_ipv4: "10.1.0.0/16" }),
      rule({ prefix_list_id: "pl-1" }),
      rule({ referenced_security_group_id: "sg-1" }),
    );
    expect(added({ hub: stack })).toEqual({});
  });

  it.each([
    ["another range", { ...TLS, cidr_blocks: ["0.0.0.0/0"] }, "ingress tcp 443-443 0.0.0.0/0"],
    [
      "another port",
      { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["10.0.0.0/16"] },
      "ingress tcp 22-22 10.0.0.0/16",
    ],
    ["IPv6", { ...TLS, ipv6_cidr_blocks: ["::/0"] }, "ingress tcp 443-443 ::/0"],
    [
      "everything",
      { protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/16"] },
      "ingress all 10.0.0.0/16",
    ],
    ["another group", { ...TLS, security_groups: ["sg-2"] }, "ingress tcp 443-443 sg-2"],
  ])("are additions when no resource creates them: %s", (_what, listed, expected) => {
    const stack = plan(group(listed), rule({ cidr_ipv4: "10.0.0.0/16" }));
    expect(added({ hub: stack })).toEqual({ hub: [expected] });
  });

  it("for all traffic are not additions either when a resource creates them", () => {
    const listed = { protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/16"] };
    const ours = rule({ ip_protocol: "-1", from_port: null, to_port: null, cidr_ipv4: "10.0.0.0/16" });
    expect(added({ hub: plan(group(listed), ours) })).toEqual({});
  });

  it("are compared per direction and per group", () => {
    const listed = { ...TLS, cidr_blocks: ["10.0.0.0/16"] };
    const outward = there("aws_vpc_security_group_egress_rule", {
      security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_ipv4: "10.0.0.0/16",
    });
    const elsewhere = rule({ security_group_id: "sg-2", cidr_ipv4: "10.0.0.0/16" });
    expect(added({ hub: plan(group(listed), outward, elsewhere) })).toEqual({
      hub: ["ingress tcp 443-443 10.0.0.0/16"],
    });
  });
});

describe("policies of a role", () => {
  const role = there("aws_iam_role", {
    name: "presign",
    inline_policy: [{ name: "function" }, { name: "extra" }],
    managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::1:policy/own"],
  });

  it("are additions when no resource creates or attaches them", () => {
    const ours = [
      there("aws_iam_role_policy", { role: "presign", name: "function" }),
      there("aws_iam_role_policy_attachment", { role: "presign", policy_arn: "arn:aws:iam::1:policy/own" }),
    ];
    expect(added({ access: plan(role, ...ours) })).toEqual({
      access: ["inline_policy extra", "managed_policy_arns arn:aws:iam::aws:policy/AdministratorAccess"],
    });
  });

  it("ignore the entry without a name that the provider writes for a role without inline policies", () => {
    const bare = there("aws_iam_role", { name: "bare", inline_policy: [{ name: "", policy: "" }] });
    expect(added({ access: plan(bare) })).toEqual({});
  });
});

describe("routes of a table", () => {
  const table = there("aws_route_table", {
    id: "rtb-1",
    route: [
      { cidr_block: "10.1.0.0/16" },
      { cidr_block: "0.0.0.0/0" },
      { destination_prefix_list_id: "pl-1" },
    ],
  });
  const route = (destination: Values): StateResourceJson =>
    there("aws_route", { route_table_id: "rtb-1", ...destination });

  it("may be created by another stack than the table's", () => {
    const stacks = {
      networking: plan(table, route({ destination_prefix_list_id: "pl-1" })),
      "on-premise": plan(route({ destination_cidr_block: "10.1.0.0/16" })),
    };
    expect(added(stacks)).toEqual({ networking: ["route 0.0.0.0/0"] });
  });
});

describe("other resources", () => {
  it("are not looked for in data sources", () => {
    const data = { ...group({ ...TLS, cidr_blocks: ["0.0.0.0/0"] }), mode: "data" as const };
    expect(
      added({ hub: plan(data, there("aws_vpc", { id: "vpc-1" })), bare: { format_version: "1.2" } }),
    ).toEqual({});
  });
});

describe("what was added", () => {
  function remediesFor(...resources: readonly StateResourceJson[]): readonly (readonly [string, unknown])[] {
    const [found] = additions(new Map([["s", plan(...resources)]])).get("s") ?? [];
    return (found?.remedies ?? []).map(({ undo, keep }) => [undo, keep]);
  }

  const keep = (type: string, id: string): unknown => ({ type, id });

  it("comes with the command that removes it and with what imports it", () => {
    const role = there("aws_iam_role", {
      name: "presign",
      inline_policy: [{ name: "extra" }],
      managed_policy_arns: ["arn:aws:iam::aws:policy/X"],
    });
    expect(remediesFor(role)).toEqual([
      [
        "aws iam delete-role-policy --role-name presign --policy-name extra",
        keep("aws_iam_role_policy", "presign:extra"),
      ],
      [
        "aws iam detach-role-policy --role-name presign --policy-arn arn:aws:iam::aws:policy/X",
        keep("aws_iam_role_policy_attachment", "presign/arn:aws:iam::aws:policy/X"),
      ],
    ]);
  });

  it.each([
    ["10.1.0.0/16", "--destination-cidr-block"],
    ["::/0", "--destination-ipv6-cidr-block"],
    ["pl-1", "--destination-prefix-list-id"],
  ])("is removed as a route to %s", (destination, option) => {
    const table = there("aws_route_table", { id: "rtb-1", route: [{ cidr_block: destination }] });
    expect(remediesFor(table)).toEqual([
      [
        `aws ec2 delete-route --route-table-id rtb-1 ${option} ${destination}`,
        keep("aws_route", `rtb-1_${destination}`),
      ],
    ]);
  });

  it.each([
    [
      { ...TLS, cidr_blocks: ["10.0.0.0/8"] },
      "IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=10.0.0.0/8}]",
    ],
    [
      { ...TLS, ipv6_cidr_blocks: ["::/0"] },
      "IpProtocol=tcp,FromPort=443,ToPort=443,Ipv6Ranges=[{CidrIpv6=::/0}]",
    ],
    [
      { ...TLS, protocol: "-1", security_groups: ["sg-2"] },
      "IpProtocol=-1,UserIdGroupPairs=[{GroupId=sg-2}]",
    ],
    [
      { protocol: "icmp", from_port: -1, to_port: -1, prefix_list_ids: ["pl-1"] },
      "IpProtocol=icmp,FromPort=-1,ToPort=-1,PrefixListIds=[{PrefixListId=pl-1}]",
    ],
  ])("is removed as a rule: %j", (listed, permission) => {
    expect(remediesFor(group(listed))[0]?.[0]).toBe(
      `aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions '${permission}'`,
    );
  });

  it.each([
    [
      { ...TLS, cidr_blocks: ["10.0.0.0/8"] },
      "IpProtocol=='tcp' && to_string(FromPort)=='443' && to_string(ToPort)=='443' && CidrIpv4=='10.0.0.0/8'",
    ],
    [
      { ...TLS, ipv6_cidr_blocks: ["::/0"] },
      "IpProtocol=='tcp' && to_string(FromPort)=='443' && to_string(ToPort)=='443' && CidrIpv6=='::/0'",
    ],
    [
      { ...TLS, protocol: "-1", security_groups: ["sg-2"] },
      "IpProtocol=='-1' && ReferencedGroupInfo.GroupId=='sg-2'",
    ],
    [
      { protocol: "icmp", from_port: -1, to_port: -1, prefix_list_ids: ["pl-1"] },
      "IpProtocol=='icmp' && to_string(FromPort)=='-1' && to_string(ToPort)=='-1' && PrefixListId=='pl-1'",
    ],
  ])("is kept as a rule by the id that a command prints: %j", (listed, condition) => {
    expect(remediesFor(group(listed))[0]?.[1]).toEqual({
      type: "aws_vpc_security_group_ingress_rule",
      idCommand:
        "aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-1 " +
        `--query "SecurityGroupRules[?to_string(IsEgress)=='false' && ${condition}].SecurityGroupRuleId" --output text`,
    });
  });
});
