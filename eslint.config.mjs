import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** Imports that would turn the layers of docs/architecture.md upside down. */
const forbid = (...group) => ({
  "no-restricted-imports": [
    "error",
    { patterns: [{ group, message: "see the import rules in CONTRIBUTING.md" }] },
  ],
});

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "cdktf.out", ".studio-access", "coverage"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Numbers read well in messages; the other kinds stay forbidden.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.test.ts"],
    rules: {
      // Table tests are long by nature, and they read what they made themselves.
      "max-lines": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        module: "writable",
        require: "readonly",
        URL: "readonly",
      },
    },
  },
  { files: ["packages/**/*.ts"], rules: forbid("**/stacks/**", "@studio-access/stacks*") },
  {
    files: ["packages/lambda-*/**/*.ts"],
    rules: forbid("**/stacks/**", "@studio-access/*", "!@studio-access/shared-types"),
  },
  {
    files: ["stacks/**/*.ts"],
    rules: forbid("@studio-access/*", "!@studio-access/shared-types", "**/packages/**"),
  },
  // Laws ask the evaluator what a policy comes to; it is no part of what is synthesized.
  {
    files: ["stacks/**/*.laws.test.ts"],
    rules: forbid(
      "@studio-access/*",
      "!@studio-access/shared-types",
      "!@studio-access/policy",
      "**/packages/**",
    ),
  },
  {
    files: ["stacks/constructs/**/*.ts"],
    rules: forbid("**/*-stack", "**/*-stack.js", "@studio-access/*", "!@studio-access/shared-types"),
  },
  prettier,
);
