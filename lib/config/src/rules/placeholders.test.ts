import { describeRules } from "../testing/sample";

describeRules("placeholders", [
  [
    "in a tag",
    (config) => {
      config.tags["CostCenter"] = "replace-me";
    },
    ["tags.CostCenter", /replace-me is a placeholder/, /write your own value/],
  ],
  [
    "in a part of a value, in any case",
    (config) => {
      config.state = { backend: "s3", bucket: "replace-me-state", region: "eu-west-1" };
      config.sharedServices.credentials = { profile: "Replace-Me" };
    },
    ["state.bucket", /placeholder/, /your own value: Bucket that holds the state/],
    ["sharedServices.credentials.profile", /placeholder/, /your own value: Named profile/],
  ],
  [
    "in a list",
    (config) => {
      config.linesOfBusiness[1]!.users = ["cai", "replace-me"];
    },
    ["linesOfBusiness[1].users[1]", /placeholder/, /your own value/],
  ],
  [
    "in a value that breaks its pattern too",
    (config) => {
      config.sharedServices.id = "REPLACE-ME";
      config.sharedServices.credentials = { profile: "shared" };
    },
    ["sharedServices.id", /12 digits/, /./],
    ["sharedServices.id", /placeholder/, /your own value/],
  ],
  [
    "in a comment, which is for people",
    (config) => {
      Object.assign(config, { $comment: "replace-me is a problem" });
    },
  ],
  [
    "under an unknown key, whose value is not shown",
    (config) => {
      Object.assign(config.sharedServices, { password: "replace-me-hunter2" });
    },
    ["sharedServices.password", /unknown key/, /./],
  ],
]);
