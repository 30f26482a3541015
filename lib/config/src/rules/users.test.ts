import { describeRules } from "../testing/sample";

describeRules("users", [
  [
    "one in two LOBs",
    (config) => {
      config.linesOfBusiness[1]!.users = ["cai", "bob"];
    },
    ["linesOfBusiness[1].users[1]", /in one LOB/, /linesOfBusiness\[0\]\.users\[1\] is the same/],
  ],
  [
    "one twice in a LOB",
    (config) => {
      config.linesOfBusiness[0]!.users = ["ann", "ann"];
    },
    ["linesOfBusiness[0].users[1]", /there once/, /linesOfBusiness\[0\]\.users\[0\] is the same/],
  ],
  [
    "names that differ in case only",
    (config) => {
      config.linesOfBusiness[1]!.users = ["ANN"];
    },
    [
      "linesOfBusiness[1].users[0]",
      /in one LOB/,
      /linesOfBusiness\[0\]\.users\[0\] \(ann\) differs in case only/,
    ],
  ],
  [
    "a path that the API keeps",
    (config) => {
      config.linesOfBusiness[0]!.users = ["Portal"];
    },
    ["linesOfBusiness[0].users[0]", /reserved.*path/, /another name/],
  ],
  [
    "one blocked twice",
    (config) => {
      config.linesOfBusiness[0]!.blockedUsers = ["eve", "Eve"];
    },
    [
      "linesOfBusiness[0].blockedUsers[1]",
      /blocked once/,
      /linesOfBusiness\[0\]\.blockedUsers\[0\] is the same/,
    ],
  ],
  [
    "a blocked one who is listed in other letters",
    (config) => {
      config.linesOfBusiness[1]!.blockedUsers = ["Ann"];
    },
    ["linesOfBusiness[1].blockedUsers[0]", /in case only/, /write ann/],
  ],
]);

describeRules("groups", [
  [
    "one in two LOBs",
    (config) => {
      config.linesOfBusiness[0]!.groups = ["studio-a", "studio-shared"];
      config.linesOfBusiness[1]!.groups = ["studio-shared"];
    },
    [
      "linesOfBusiness[1].groups[0]",
      /in one LOB/,
      /remove one of the two; linesOfBusiness\[0\]\.groups\[1\] is the same/,
    ],
  ],
  [
    "one without the prefix",
    (config) => {
      config.identity.groupPrefix = "studio-";
      config.linesOfBusiness[0]!.groups = ["studio-a", "team-a"];
    },
    [
      "linesOfBusiness[0].groups[1]",
      /does not begin with identity\.groupPrefix \(studio-\)/,
      /name the group studio-…, or change identity\.groupPrefix/,
    ],
  ],
  [
    "one that Cognito would not take",
    (config) => {
      config.linesOfBusiness[0]!.groups = ["Studio Users"];
    },
    ["linesOfBusiness[0].groups[0]", /Cognito takes no blanks/, /write a name without blanks/],
  ],
  [
    "names of other characters",
    (config) => {
      config.linesOfBusiness[0]!.groups = ["a*", "${a}", " a", ""];
    },
    ...[0, 1, 2, 3].map((index): readonly [string, RegExp, RegExp] => [
      `linesOfBusiness[0].groups[${index}]`,
      /1 to 128 letters, digits/,
      /as the claim has it/,
    ]),
  ],
  [
    "more than a token may name",
    (config) => {
      config.linesOfBusiness[0]!.groups = Array.from({ length: 51 }, (_, index) => `studio-${index}`);
    },
    ["linesOfBusiness[0].groups", /50 groups at most/, /one group that holds the others/],
  ],
  [
    "of users who were listed, in a LOB without groups or listed still",
    (config) => {
      config.linesOfBusiness[0]!.formerUsers = ["dee"];
      config.linesOfBusiness[1]!.groups = ["studio-b"];
      config.linesOfBusiness[1]!.formerUsers = ["eve", "CAI"];
    },
    ["linesOfBusiness[0].formerUsers[0]", /this one has no groups/, /the profile is deleted/],
    [
      "linesOfBusiness[1].formerUsers[1]",
      /is listed still: linesOfBusiness\[1\]\.users\[0\]/,
      /from one of the two/,
    ],
  ],
  [
    "beside users, and alone",
    (config) => {
      config.linesOfBusiness[0]!.groups = ["studio-a", "/studio/a", "6a1f5a4e-0b1c-4f6e-8f57-2a0d7c0b3f11"];
      Object.assign(config.linesOfBusiness[1]!, { users: [], groups: ["studio-b"] });
    },
  ],
]);
