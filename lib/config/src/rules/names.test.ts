import { describeRules } from "../testing/sample";
import { RESERVED_LOB_NAMES } from "./names";

describeRules("names", [
  [
    "two LOBs of one name",
    (config) => {
      config.linesOfBusiness[1]!.name = "lob-a";
    },
    ["linesOfBusiness[1].name", /name of its own.*LOBs table/, /linesOfBusiness\[0\]\.name is the same/],
  ],
  [
    "two domains of one name in one account",
    (config) => {
      config.linesOfBusiness[1]!.account = config.linesOfBusiness[0]!.account;
      config.linesOfBusiness[1]!.domainName = "studio-lob-a";
    },
    ["linesOfBusiness[1].account.id", /one account holds one LOB/, /./],
    [
      "linesOfBusiness[1].domainName",
      /one Studio domain of a name/,
      /linesOfBusiness\[0\]\.domainName is the same/,
    ],
  ],
  [
    "domains of one name in two accounts",
    (config) => {
      config.linesOfBusiness[1]!.domainName = "studio-lob-a";
    },
  ],
]);

describeRules(
  "reserved names",
  RESERVED_LOB_NAMES.map((name) => [
    name,
    (config) => {
      config.linesOfBusiness[0]!.name = name;
    },
    ["linesOfBusiness[0].name", /must be lob-/, /lob-research/],
    ["linesOfBusiness[0].name", /reserved/, new RegExp(`write lob-${name}`)],
  ]),
);
