import { readFile } from "node:fs/promises";

/** The parts of an environment's config that say what must hold. Synth checks the whole of it. */
export interface VerifiedConfig {
  readonly environment: string;
  readonly region: string;
  readonly organizationId: string | null;
  readonly sharedServices: { readonly id: string };
  readonly network: {
    readonly corporateCidrs: readonly string[];
    readonly resolver: { readonly inbound: boolean };
    readonly additionalEndpoints: readonly string[];
  };
  readonly linesOfBusiness: readonly VerifiedLob[];
  readonly onPremise?: { readonly cidr: string } | null;
  /** Workflows that plan and deploy; null, or absent, for none. */
  readonly ci?: {
    /** As the `sub` of their tokens has it. */
    readonly repository: string;
    readonly defaultBranch: string;
    readonly deployEnvironment: string;
  } | null;
  /** Whether the function for operators' smoke tests stands beside the presign function. */
  readonly smokeTest?: boolean;
}

export interface VerifiedLob {
  readonly name: string;
  readonly account: { readonly id: string };
  readonly users: readonly string[];
  /** ARNs of the company's own policies that its notebooks need beside ours. */
  readonly executionPolicyArns?: readonly string[];
}

/** The file is no config of an environment. */
export class UnreadableConfig extends Error {
  override readonly name = "UnreadableConfig";

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}; name the config that the environment was deployed with (--config)`);
  }
}

/** @throws {UnreadableConfig} */
export async function readVerifiedConfig(file: string): Promise<VerifiedConfig> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new UnreadableConfig(file, "no such file");
    throw error;
  });
  const config = parsed(file, text);
  const absent = REQUIRED.filter((name) => !(name in config));
  if (absent.length > 0) throw new UnreadableConfig(file, `it has no ${absent.join(", ")}`);
  return config as VerifiedConfig;
}

const REQUIRED = ["environment", "region", "organizationId", "sharedServices", "network", "linesOfBusiness"];

function parsed(file: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below, without the parser's own words: they quote the file.
  }
  throw new UnreadableConfig(file, "it holds no JSON object");
}
