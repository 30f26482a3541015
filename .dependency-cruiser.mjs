/**
 * The layers, as CONTRIBUTING.md says them, and no cycles of files. `npm run lint:layers` holds them.
 *
 * Imports of types count as well: `tsPreCompilationDeps` reads the files before TypeScript takes those out.
 */

const TEST = "\\.test\\.ts$|^tools/e2e/|/testing/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "packages-import-shared-types",
      comment: "Deployed code depends on the contracts alone.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^(packages|lib|tools|stacks|scripts)/", pathNot: "^packages/($1|shared-types)/" },
    },
    {
      name: "lib-imports-lib-and-shared-types",
      comment: "What is shared starts nothing, so it cannot depend on what is run or deployed.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(packages|tools|stacks|scripts)/", pathNot: "^packages/shared-types/" },
    },
    {
      name: "stacks-import-shared-types-and-lib",
      comment: "Infrastructure knows the contracts and the config, never the code that is run or deployed.",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(packages|tools|scripts)/", pathNot: "^packages/shared-types/" },
    },
    {
      name: "nothing-imports-stacks",
      comment: "What others need of the stacks (names, order, schema) is in lib/config.",
      severity: "error",
      from: { path: "^(packages|lib|tools|scripts)/" },
      to: { path: "^stacks/" },
    },
    {
      name: "constructs-and-guards-import-no-stack",
      comment: "What stacks share cannot depend on one of them.",
      severity: "error",
      from: { path: "^stacks/(constructs|guards)/", pathNot: TEST },
      to: { path: "^stacks/", pathNot: "^stacks/(constructs|guards)/" },
    },
    {
      name: "nothing-imports-e2e",
      severity: "error",
      from: { pathNot: "^tools/e2e/" },
      to: { path: "^tools/e2e/" },
    },
    {
      name: "no-test-support-in-production",
      comment: "Test support is in testing/ folders and *.test.ts files, and only tests import it.",
      severity: "error",
      from: { path: "^(packages|lib|tools|stacks|scripts)/", pathNot: TEST },
      to: { path: "/testing/|\\.test\\.ts$" },
    },
    {
      name: "no-circular",
      comment: "Files that import each other cannot be read, tested or moved one at a time.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-to-unresolvable",
      comment: "An import that cannot be followed is one that the other rules do not see.",
      severity: "error",
      from: { path: "^(packages|lib|tools|stacks|scripts)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|coverage|cdktf\\.out|\\.studio-access)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
