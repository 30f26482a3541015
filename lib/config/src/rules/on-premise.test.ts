import { describeRules, problemsAfter, type RuleCase } from "../testing/sample";
import type { Config } from "../schema";

const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;

/** A row with the simulator at a range, the sample's corporate network being 192.168.10.0/24. */
function at(cidr: string, name: string, ...problems: RuleCase[2][]): RuleCase {
  return [
    `${cidr}: ${name}`,
    (config) => {
      config.onPremise = { cidr };
    },
    ...problems,
  ];
}

/** A row with a bastion for an operator at a range. */
function operator(operatorCidr: string, ...problems: RuleCase[2][]): RuleCase {
  return [
    `operator at ${operatorCidr}`,
    (config) => {
      withBastion(config, operatorCidr);
    },
    ...problems,
  ];
}

function withBastion(config: Config, operatorCidr: string): void {
  config.onPremise = { cidr: "192.168.10.0/24", entry: { kind: "bastion", publicKey: KEY, operatorCidr } };
}

describeRules("the simulator's range", [
  at("192.168.10.0/24", "the corporate network itself"),
  at("192.168.11.0/24", "outside of it", [
    "onPremise.cidr",
    /inside network\.corporateCidrs \(192\.168\.10\.0\/24\).*endpoints and resolver/,
    /add 192\.168\.11\.0\/24 to network\.corporateCidrs/,
  ]),
  at("192.168.8.0/22", "around it", ["onPremise.cidr", /inside network\.corporateCidrs/, /add/]),
  at(
    "10.0.4.0/24",
    "in the hub",
    ["onPremise.cidr", /overlaps network\.hubCidr/, /a range of its own/],
    ["onPremise.cidr", /inside network\.corporateCidrs/, /add/],
  ),
  at(
    "10.100.4.0/24",
    "in a LOB",
    ["onPremise.cidr", /overlaps network\.lobSupernets\[0\]/, /a range of its own/],
    ["onPremise.cidr", /overlaps linesOfBusiness\[0\]\.cidr/, /a range of its own/],
    ["onPremise.cidr", /inside network\.corporateCidrs/, /add/],
  ),
  at("192.168.10.0/25", "too small for its four subnets", ["onPremise.cidr", /\/16 to \/24/, /prefix/]),
  at("192.168.10.9/24", "with host bits", ["onPremise.cidr", /host bits/, /write 192\.168\.10\.0\/24/]),
  [
    "in a larger corporate network, beside another",
    (config) => {
      config.network.corporateCidrs = ["172.16.0.0/16", "192.168.0.0/16"];
      config.onPremise = { cidr: "192.168.10.0/24" };
    },
  ],
  [
    "where no corporate network is listed",
    (config) => {
      config.network.corporateCidrs = [];
      config.onPremise = { cidr: "192.168.10.0/24" };
    },
    ["onPremise.cidr", /which names none/, /add 192\.168\.10\.0\/24/],
  ],
  [
    "where the list of corporate networks is missing",
    (config) => {
      Reflect.deleteProperty(config.network, "corporateCidrs");
      config.onPremise = { cidr: "192.168.10.0/24" };
    },
    ["network.corporateCidrs", /required/, /Private networks of the users/],
  ],
]);

const OPERATOR = "onPremise.entry.operatorCidr";

describeRules("the operator's addresses", [
  operator("203.0.113.7/32"),
  operator("203.0.113.0/24"),
  operator("203.0.112.0/23", [OPERATOR, /at most the 256 addresses/, /the one address/]),
  operator("0.0.0.0/0", [OPERATOR, /at most the 256 addresses/, /203\.0\.113\.7\/32/]),
  operator("203.0.113.7/24", [OPERATOR, /host bits/, /write 203\.0\.113\.0\/24, or 203\.0\.113\.7\/32/]),
  operator("192.168.1.4/32", [OPERATOR, /over the internet/, /checkip\.amazonaws\.com/]),
  operator("127.0.0.1/32", [OPERATOR, /over the internet/, /your public address/]),
  operator("anywhere", [OPERATOR, /IPv4 range/, /10\.100\.0\.0\/16/]),
]);

describe("a bastion", () => {
  it("is checked for its operator although its key is wrong", () => {
    const problems = problemsAfter((config) => {
      withBastion(config, "0.0.0.0/0");
      Object.assign(config.onPremise!.entry!, { publicKey: "mine" });
    });
    expect(problems.map(({ path }) => path)).toEqual(["onPremise.entry.publicKey", OPERATOR]);
  });
});
