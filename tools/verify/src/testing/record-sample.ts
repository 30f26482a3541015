/**
 * Records the sample's states from a local deployment of config/local.json that is up: `npm run -w tools/verify sample`, or
 * with the folder of its states: `npm run -w tools/verify sample -- FOLDER`. What the provider's schema calls sensitive is
 * left out, and so are the values of Terraform's own resources, which may hold a password; and every attribute without a value.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { isRecord } from "@studio-access/terraform";

import { isUnset } from "../closed-world/leaves";
import { RECORDED_STACKS, SAMPLE_FOLDER } from "./sample";

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** Attributes that hold a secret, whatever their resource is. */
const SECRETS = new Set(["password", "temporary_password", "client_secret", "secret"]);

/** Types whose values may be secret, wherever they stand in them. */
const SECRET_TYPES = /^(?:terraform_|aws_ssm_parameter$)/;

/** What AWS repeats after a refresh, where another resource says it: the sample is as it was applied. */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
  aws_route_table: ["route"],
  aws_security_group: ["ingress", "egress"],
};

const STATES = process.argv[2] ?? join(__dirname, "../../../../.studio-access/state/local");

function reduced({ resources }: State): State & { readonly version: number } {
  return {
    version: 4,
    resources: resources.map(({ mode, type, name, instances }) => ({
      mode,
      type,
      name,
      instances: instances.map(({ attributes }) => ({
        attributes: SECRET_TYPES.test(type) ? {} : recordedValues(type, attributes),
      })),
    })),
  };
}

function recordedValues(
  type: string,
  attributes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const repeated = REPEATED[type] ?? [];
  const applied = Object.entries(attributes).filter(([name]) => !repeated.includes(name));
  return withValues(Object.fromEntries(applied)) as Readonly<Record<string, unknown>>;
}

function withValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withValues);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([name, each]) => !SECRETS.has(name) && !isUnset(each));
  return Object.fromEntries(kept.map(([name, each]) => [name, withValues(each)]));
}

for (const stack of RECORDED_STACKS) {
  const file = join(STATES, `${stack}.tfstate`);
  if (!existsSync(file)) {
    process.stderr.write(`${file}: not there; the sample of ${stack} stays as it is\n`);
    continue;
  }
  const state = JSON.parse(readFileSync(file, "utf8")) as State;
  const text = `${JSON.stringify(reduced(state), undefined, 1)}\n`;
  writeFileSync(join(SAMPLE_FOLDER, `${stack}.state.json`), text);
}
