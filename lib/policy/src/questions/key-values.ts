import { iamData } from "../iam-data";
import { spellings, type Comparison, type Fills } from "./elements";
import { arnsOf, OTHER, OTHER_ACCOUNT, textsOf } from "./glob-examples";
import { Undecidable } from "./undecidable";

const OTHER_ARN = `arn:aws:other:zz-other-1:${OTHER_ACCOUNT}:${OTHER}`;
const SECOND = 1000;
const LITTLE = 0.001;

function numbers(values: readonly string[]): readonly string[] {
  return values.map(Number).flatMap((value) => [value - LITTLE, value, value + LITTLE].map(String));
}

function dates(values: readonly string[]): readonly string[] {
  const times = values.map((value) => (/^\d{5,}$/.test(value) ? Number(value) * 1000 : Date.parse(value)));
  return times.flatMap((time) =>
    [time - SECOND, time, time + SECOND].map((at) => new Date(at).toISOString()),
  );
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}

/** First and last address of each range, and their neighbours outside. */
function addresses(values: readonly string[]): readonly string[] {
  const found = values.flatMap((value) => {
    const [address = "", prefix = "32"] = value.split("/");
    if (address.includes(":")) throw new Undecidable(`the IPv6 range ${value} is not compared here`);
    const size = 2 ** (32 - Number(prefix));
    const first = Math.floor(toNumber(address) / size) * size;
    const near = [first - 1, first, first + size - 1, first + size];
    return near.filter((number) => number >= 0 && number < 2 ** 32).map(toAddress);
  });
  return [...found, "198.51.100.77"];
}

type Family = "String" | "Arn" | "Numeric" | "Date" | "Bool" | "Ip" | "Binary" | "Null";

function familyOf(operator: string): Family {
  if (operator.endsWith("IpAddress")) return "Ip";
  const families = ["String", "Arn", "Numeric", "Date", "Bool", "Binary"] as const;
  return families.find((family) => operator.startsWith(family)) ?? "Null";
}

function isLike({ operator }: Comparison): boolean {
  return operator.includes("Like");
}

/** Only the `…Like` operators have wildcards; the others compare `*` and `?` literally. */
function strings(comparisons: readonly Comparison[], fills: Fills): readonly string[] {
  const plain = comparisons.filter((comparison) => !isLike(comparison)).flatMap(({ values }) => values);
  const spelt = (values: readonly string[]): readonly string[] =>
    values.flatMap((value) => spellings(value, fills));
  const texts = spelt(plain);
  const patterns = spelt(comparisons.filter(isLike).flatMap(({ values }) => values));
  const ignored = comparisons.some(({ operator }) => operator.includes("IgnoreCase"));
  const capitals = ignored ? texts.map((text) => text.toUpperCase()) : [];
  return [
    ...texts,
    ...capitals,
    ...textsOf([...patterns, ...texts.filter((text) => !/[*?]/.test(text))]),
    OTHER,
  ];
}

function valuesOfFamily(family: Family, comparisons: readonly Comparison[], fills: Fills): readonly string[] {
  const values = comparisons.flatMap((comparison) => comparison.values);
  switch (family) {
    case "String":
      return strings(comparisons, fills);
    case "Arn":
      return [...arnsOf(values.flatMap((value) => spellings(value, fills))).keys(), OTHER_ARN];
    case "Numeric":
      return numbers(values);
    case "Date":
      return dates(values);
    case "Bool":
      return ["true", "false"];
    case "Ip":
      return addresses(values);
    case "Binary":
      return [...values, "AA=="];
    case "Null":
      return [];
  }
}

// A key that is compared both as an ARN and as text: ARNs are values for both.
const STRICTEST: readonly Family[] = ["Ip", "Date", "Numeric", "Bool", "Binary", "Arn", "String"];

/**
 * Values of a condition key, one for each case that these comparisons distinguish. The absent key is not among them.
 *
 * @param comparisons all comparisons of the key
 * @throws {Undecidable} when it is compared as two types, such as an address and a text
 */
export function valuesOfKey(comparisons: readonly Comparison[], fills: Fills): readonly string[] {
  const compared = comparisons.filter(({ operator }) => familyOf(operator) !== "Null");
  const families = new Set(compared.map(({ operator }) => familyOf(operator)));
  const family = STRICTEST.find((candidate) => families.has(candidate)) ?? "String";
  const fits = [...families].every((other) => other === family || (family === "Arn" && other === "String"));
  if (!fits) throw new Undecidable(`${comparisons[0]?.key ?? "a key"} is compared as different types`);
  const asVariable = fills.get(comparisons[0]?.key.toLowerCase() ?? "") ?? [];
  return [...new Set([...valuesOfFamily(family, compared, fills), ...asVariable])];
}

/** Whether a request may hold several values of the key. */
export function isMultivalued(key: string): boolean {
  return iamData.conditionKey(key)?.multivalued === true;
}

/** Every choice of two and of three values. */
export function choicesOf(values: readonly string[]): readonly (readonly string[])[] {
  return [...choices(values, 2), ...choices(values, 3)];
}

function choices(values: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]];
  return values.flatMap((value, index) =>
    choices(values.slice(index + 1), count - 1).map((others) => [value, ...others]),
  );
}
