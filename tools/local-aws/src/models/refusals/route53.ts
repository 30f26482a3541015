import { AwsError } from "../../server/aws-error";
import type { Violation } from "../constraint";
import { frameworkRefusal } from "./framework";
import { inputMember, stepText, textOf, type Refusal } from "./refusal";

const framework = frameworkRefusal({ code: "InvalidInput", malformed: "InvalidInput" });

/** Route 53 checks a body against its XML schema; path and query are checked as in most services. */
export const route53Refusal: Refusal = (violations, call) => {
  const [violation] = violations;
  if (inputMember(violation, call)?.location !== undefined) return framework(violations, call);
  const words = schemaWords(violation);
  return words === undefined
    ? framework(violations, call)
    : new AwsError("InvalidInput", `Invalid XML ; javax.xml.stream.XMLStreamException: ${words}`);
};

/** The words of an XML schema's validation; undefined for the size of a list, which no schema bounds here. */
function schemaWords({ path, constraint, value, shape }: Violation): string | undefined {
  const text = textOf(value ?? "");
  const facet = (name: string, limit: string | number): string => {
    const length = name.endsWith("Length") ? ` with length = '${text.length}'` : "";
    return `cvc-${name}-valid: Value '${text}'${length} is not facet-valid with respect to ${name} '${limit}' for type '${shape}'.`;
  };
  switch (constraint.kind) {
    case "required":
      return `cvc-complex-type.2.4.b: The content of element '${stepText(path.at(-2) ?? shape)}' is not complete. One of '{${stepText(path.at(-1))}}' is expected.`;
    case "unknown":
      return `cvc-complex-type.2.4.a: Invalid content was found starting with element '${stepText(path.at(-1))}'.`;
    case "enum":
      return `cvc-enumeration-valid: Value '${text}' is not facet-valid with respect to enumeration '[${constraint.values.join(", ")}]'. It must be a value from the enumeration.`;
    case "pattern":
      return facet("pattern", constraint.pattern);
    case "min-length":
      return typeof value === "string" ? facet("minLength", constraint.limit) : undefined;
    case "max-length":
      return typeof value === "string" ? facet("maxLength", constraint.limit) : undefined;
    case "min-value":
      return facet("minInclusive", constraint.limit);
    case "max-value":
      return facet("maxInclusive", constraint.limit);
    case "type":
      return `cvc-datatype-valid.1.2.1: ${constraint.words}.`;
  }
}
