import { placed } from "../draft";
import { problem } from "../problem";
import type { Rule } from "./rule";

/** Suffixes of the names that the hub's own zones and endpoints answer. */
const AWS_SUFFIXES = ["amazonaws.com", "sagemaker.aws", "api.aws"];

/** The suffix of AWS's that a name is, or is below. */
export function awsSuffixOf(name: string | undefined): string | undefined {
  return AWS_SUFFIXES.find((aws) => name === aws || name?.endsWith(`.${aws}`) === true);
}

/** A forward rule wins over a private zone of the same name, so it would take Studio's names from the hub. */
const awsNamesStay: Rule = (draft) =>
  placed(draft.network?.resolver?.outboundRules, ["network", "resolver", "outboundRules"]).flatMap(
    ({ value, path }) => {
      const { domain } = value;
      const suffix = awsSuffixOf(domain);
      if (suffix === undefined) return [];
      const rule = `names of ${suffix} are answered by the hub's own zones; forwarded, they would no longer be`;
      return [problem([...path, "domain"], domain, rule, "forward the company's own domains only")];
    },
  );

export const resolverRules: readonly Rule[] = [awsNamesStay];
