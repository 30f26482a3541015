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
