/**
 * Kinds of tests, told apart by their names (see CONTRIBUTING.md): unit, integration, browser, laws, and e2e by its folder.
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
const esModulesOnly = ["jose", "oidc-provider", "execa", "listr2", "p-map", ...markdown, ...github];

const common = {
  testEnvironment: "node",
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
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

const rooms = ["packages", "lib", "tools", "stacks", "scripts"];
const named = (kind) => rooms.map((room) => `<rootDir>/${room}/**/*.${kind}.test.ts`);

const unit = {
  ...common,
  displayName: "unit",
  testMatch: rooms.map((room) => `<rootDir>/${room}/**/*.test.ts`),
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/tools/e2e/",
    "\\.(integration|browser|laws)\\.test\\.ts$",
  ],
  moduleNameMapper: {
    ...common.moduleNameMapper,
    "^(node:)?child_process$": "<rootDir>/scripts/testing/no-processes.js",
  },
  setupFilesAfterEnv: ["<rootDir>/scripts/testing/purity.ts"],
};

/** Tests that start programs: the five seconds of a pure test are not enough for them on a busy machine. */
const patient = { ...common, setupFilesAfterEnv: ["<rootDir>/scripts/testing/patient.ts"] };

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  projects: [
    unit,
    { ...patient, displayName: "integration", testMatch: named("integration") },
    { ...patient, displayName: "browser", testMatch: named("browser") },
    { ...patient, displayName: "laws", testMatch: named("laws") },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/tools/e2e/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "\\.integration\\.test\\.ts$"],
    },
  ],
};
