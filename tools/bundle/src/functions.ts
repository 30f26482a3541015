/** How one Lambda function is bundled. */
export interface FunctionDefinition {
  /** Folder under `packages/`; its entry is `src/index.ts`. */
  readonly name: string;
  /** Largest bundle in bytes that is accepted, since every byte is read on a cold start. */
  readonly limitBytes: number;
  /** Whether a CommonJS package in it calls `require` for Node's own modules, which an ES module has not got by itself. */
  readonly callsRequire: boolean;
  /** Modules of which only a part is bundled: the module's name, and the code that stands for it. */
  readonly narrowed: Readonly<Record<string, string>>;
}

export const FUNCTIONS: readonly FunctionDefinition[] = [
  {
    name: "lambda-authorizer",
    limitBytes: 180_000,
    callsRequire: true,
    // jwks-rsa, being CommonJS, would bring in all of jose for these two functions.
    narrowed: { jose: 'export { exportSPKI, importJWK } from "jose";' },
  },
  {
    name: "lambda-presign",
    limitBytes: 360_000,
    callsRequire: false,
    // The function takes its credentials from the environment and says so (clients.ts). The SDK's clients refer to their
    // default search all the same, and with it to single sign-on, config files, processes and instance metadata.
    narrowed: {
      "@aws-sdk/credential-provider-node":
        'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
    },
  },
];
