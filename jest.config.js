/**
 * Three kinds of tests, told apart by where and how they run (see CONTRIBUTING.md):
 * unit (beside the source), laws (over the synthesized app) and e2e (whole journeys).
 */

// These ship as ES modules only; jest runs CommonJS, so swc turns them into it.
const markdown = [
  "mdast-util-.*",
  "micromark.*",
  "unist-util-.*",
  "character-entities",
  "decode-named-character-reference",
  "devlop",
  "longest-streak",
  "markdown-table",
  "marked",
  "zwitch",
];
const github = [
  "@octokit/[\\w-]+",
  "@actions/[\\w-]+",
  "universal-user-agent",
  "before-after-hook",
  "content-type",
  "json-with-bigint",
];
const esModulesOnly = ["jose", "execa", "listr2", "p-map", ...markdown, ...github];

const common = {
  testEnvironment: "node",
  transform: {
    "^.+\\.m?[jt]s$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join("|")})/)`],
  // Their packages name an entry for ES modules alone.
  moduleNameMapper: {
    "^@actions/([\\w-]+)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/([\\w-]+)/(.+)$": "<rootDir>/node_modules/@actions/$1/dist/$2.js",
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.studio-access"],
};

const laws = ["<rootDir>/stacks/**/*.laws.test.ts"];

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: [
        "<rootDir>/packages/**/*.test.ts",
        "<rootDir>/lib/**/*.test.ts",
        "<rootDir>/tools/**/*.test.ts",
        "<rootDir>/stacks/**/*.test.ts",
        "<rootDir>/scripts/**/*.test.ts",
      ],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/tools/e2e/", "\\.laws\\.test\\.ts$"],
    },
    { ...common, displayName: "laws", testMatch: laws },
    { ...common, displayName: "e2e", testMatch: ["<rootDir>/tools/e2e/**/*.test.ts"] },
  ],
};
