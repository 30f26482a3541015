/** How one Lambda function is bundled. */
export interface FunctionDefinition {
  /** Folder under `packages/`; its entry is `src/index.ts`. */
  readonly name: string;
  /** Size limit of the bundle in bytes, since Lambda reads every byte on a cold start. */
  readonly limitBytes: number;
  /** Whether a bundled CommonJS package calls `require` for Node's own modules; an ES module has no `require` by default. */
  readonly callsRequire: boolean;
  /** Modules of which only a part is bundled: the code that replaces a module, by its name. */
  readonly narrowed: Readonly<Record<string, string>>;
}

export const FUNCTIONS: readonly FunctionDefinition[] = [
  {
    name: "lambda-authorizer",
    limitBytes: 180_000,
    callsRequire: true,
    // jwks-rsa is CommonJS, so all of jose would be bundled for these two functions.
    narrowed: { jose: 'export { exportSPKI, importJWK } from "jose";' },
  },
  {
    name: "lambda-presign",
    limitBytes: 360_000,
    callsRequire: false,
    // The function's clients take their credentials from the environment (clients.ts). The SDK still imports its default
    // credential provider chain, which includes single sign-on, config files, processes and instance metadata.
    narrowed: {
      "@aws-sdk/credential-provider-node":
        'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
    },
  },
  { name: "lambda-portal", limitBytes: 60_000, callsRequire: false, narrowed: {} },
];
