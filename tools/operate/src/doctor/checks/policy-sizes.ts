import type { Facts } from "../facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";
import { text, type PlacedResource } from "../../environment/placed-resources";
import { ofType, type Synthesized } from "../synthesized";

const CHECK = "policy sizes";

/**
 * Largest sum of the characters of a role's inline policies, without white space.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LARGEST_ROLE = 10_240;

/** Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html */
const LARGEST_ENDPOINT = 20_480;

/** Stands for a value that Terraform fills in: the ARNs of these stacks have 60 to 100 characters. */
const REFERENCE = "x".repeat(100);

/** Above this share of a limit, the next few lines of business may not fit. */
const NEARLY_FULL = 0.8;

interface Sized {
  readonly what: string;
  readonly size: number;
  readonly largest: number;
  /** Characters that each further line of business adds; undefined when it adds none. */
  readonly perLob: number | undefined;
}

/** The presign function's role, whose policy grows with the lines of business, and the largest of all other policies. */
export function sizeFindings(synthesized: Synthesized): readonly Finding[] {
  const all = [...roles(synthesized), ...endpoints(synthesized)].sort(
    (a, b) => b.size / b.largest - a.size / a.largest,
  );
  const growing = all.filter(({ perLob }) => perLob !== undefined);
  const [fullest] = all.filter(({ perLob }) => perLob === undefined);
  return [...growing, ...(fullest === undefined ? [] : [fullest])].map(sizeFinding);
}

function sizeFinding({ what, size, largest, perLob }: Sized): Finding {
  const room =
    perLob === undefined || size > largest
      ? ""
      : `, room for about ${Math.floor((largest - size) / perLob)} more LOBs`;
  const detail = `${what}: about ${size} of ${largest} characters${room}`;
  const remedy =
    perLob !== undefined
      ? "write the organizationId, with which the policy lists no accounts; or split the LOBs into two environments"
      : "make the policy shorter";
  if (size > largest) return fail(CHECK, detail, remedy);
  return size > largest * NEARLY_FULL ? warn(CHECK, detail, remedy) : ok(CHECK, detail);
}

export function policySizesCheck(facts: Facts): Check {
  return {
    name: CHECK,
    find: async () => {
      const synthesized = await facts.synthesized();
      return synthesized.known ? sizeFindings(synthesized.value) : [notChecked(CHECK, synthesized.why)];
    },
  };
}

function roles(synthesized: Synthesized): readonly Sized[] {
  const found = new Map<string, Sized>();
  for (const policy of ofType(synthesized, "aws_iam_role_policy")) {
    const role = `${policy.stack} ${text(policy, "role")}`;
    const before = found.get(role);
    const size = sizeOf(policy).replace(/\s/g, "").length + (before?.size ?? 0);
    const perLob = listedPerLob(policy) ?? before?.perLob;
    found.set(role, { what: policy.path, size, largest: LARGEST_ROLE, perLob });
  }
  return [...found.values()];
}

function endpoints(synthesized: Synthesized): readonly Sized[] {
  return ofType(synthesized, "aws_vpc_endpoint").map((endpoint) => ({
    what: endpoint.path,
    size: sizeOf(endpoint).length,
    largest: LARGEST_ENDPOINT,
    perLob: undefined,
  }));
}

/** The policy approximately as AWS receives it. `$${…}` is an IAM variable, which Terraform passes on as `${…}`. */
function sizeOf(policy: PlacedResource): string {
  return text(policy, "policy").replace(/(\$?)(\$\{[^}]*\})/g, (_all, escape: string, inner: string) =>
    escape === "" ? REFERENCE : inner,
  );
}

/** Characters that each line of business adds to a list of access roles; undefined for a policy without such a list. */
function listedPerLob(policy: PlacedResource): number | undefined {
  const { Statement } = JSON.parse(text(policy, "policy")) as {
    readonly Statement: readonly { readonly Sid?: string; readonly Resource?: unknown }[];
  };
  const arns = Statement.find(({ Sid }) => Sid === "AssumeAccessRoles")?.Resource;
  // Each ARN has two quotes and a comma.
  return Array.isArray(arns) && arns.length > 0 ? arns.join("").length / arns.length + 3 : undefined;
}
