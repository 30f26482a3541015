import { describeRules, type RuleCase } from "../testing/sample";

/** A tag that is refused for its key. */
function reserved(key: string, path = `tags["${key}"]`): RuleCase {
  return [
    key,
    (config) => {
      config.tags = { [key]: "x" };
    },
    [path, /reserved/, /another key/],
  ];
}

describeRules("reserved tags", [
  reserved("aws:createdBy"),
  reserved("AWS:x"),
  reserved("studio-access:stack"),
  reserved("Project", "tags.Project"),
  reserved("environment", "tags.environment"),
  reserved("Name", "tags.Name"),
]);

describeRules("tags", [
  [
    "keys that differ in case only",
    (config) => {
      config.tags = { Owner: "a", owner: "b" };
    },
    ["tags.owner", /differ in case only/, /tags\.Owner is the other/],
  ],
  [
    "as many as there is room for",
    (config) => {
      config.tags = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`key-${i}`, "x"]));
    },
  ],
  [
    "more than AWS has room for",
    (config) => {
      config.tags = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`key-${i}`, "x"]));
    },
    ["tags", /at most 7 tags \(here 8\)/, /remove some/],
  ],
  [
    "keys that only begin like a reserved one",
    (config) => {
      config.tags = { ProjectCode: "x", "studio-accessed": "y", awsome: "z" };
    },
  ],
]);
