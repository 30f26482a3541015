import { TESTED_AWS_PROVIDER } from "@studio-access/config";
import {
  providerInstallation,
  UnusableMirror,
  type ProviderInstallation,
} from "@studio-access/terraform-cli";

import type { Facts } from "../facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";

const CHECK = "AWS provider";

const REGISTRY = "https://registry.terraform.io/.well-known/terraform.json";
const REGISTRY_TIMEOUT_MS = 15_000;

/** Where Terraform gets its AWS provider from; for the registry also why it could not be reached. */
export type ProviderSource =
  | ProviderInstallation
  | { readonly kind: "registry"; readonly unreachable: string }
  | { readonly kind: "unusable mirror"; readonly why: string };

export function providerFinding(source: ProviderSource, constraint: string): Finding {
  const found = constraint === TESTED_AWS_PROVIDER ? ok : untried;
  switch (source.kind) {
    case "mirror":
      return found(CHECK, `${source.versions[0] ?? "none"} in the mirror ${source.path}`);
    case "unusable mirror":
      return fail(CHECK, source.why, "correct or unset STUDIO_ACCESS_PROVIDER_MIRROR");
    case "registry": {
      if (!("unreachable" in source))
        return found(CHECK, `hashicorp/aws ${constraint} from registry.terraform.io`);
      return fail(
        CHECK,
        `registry.terraform.io does not answer (${source.unreachable}), and no mirror was found`,
        "let this machine reach registry.terraform.io, or name a filesystem mirror in STUDIO_ACCESS_PROVIDER_MIRROR",
      );
    }
  }
}

function untried(check: string, detail: string): Finding {
  return warn(
    check,
    `${detail}: untried, the tests run with ${TESTED_AWS_PROVIDER}`,
    "read the plan of every stack with care, or take awsProviderVersion out of the config",
  );
}

export function providerCheck(facts: Facts, find = findProvider): Check {
  return {
    name: CHECK,
    find: async () => {
      const synthesized = await facts.synthesized();
      if (!synthesized.known) return [notChecked(CHECK, synthesized.why)];
      const { providerVersions } = synthesized.value;
      return [providerFinding(await find(providerVersions), providerVersions)];
    },
  };
}

async function findProvider(constraint: string): Promise<ProviderSource> {
  try {
    const installation = await providerInstallation({ constraint });
    if (installation.kind === "mirror") return installation;
  } catch (error) {
    if (error instanceof UnusableMirror) return { kind: "unusable mirror", why: error.message };
    throw error;
  }
  return askRegistry();
}

async function askRegistry(): Promise<ProviderSource> {
  try {
    const { status } = await fetch(REGISTRY, { signal: AbortSignal.timeout(REGISTRY_TIMEOUT_MS) });
    return status === 200 ? { kind: "registry" } : { kind: "registry", unreachable: `HTTP ${status}` };
  } catch (error) {
    // fetch throws "fetch failed" alone; the reason is in the error's cause.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: "registry", unreachable: cause instanceof Error ? cause.message : "no answer" };
  }
}
