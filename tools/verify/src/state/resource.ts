/** One resource of Terraform's state, whichever way the state was read. */
export interface Resource {
  /** Stack that it belongs to: `networking`, `lob-a`, … */
  readonly stack: string;
  /** Name within the stack: `aws_vpc.Network_Vpc_FAC8F4A5`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Resources of one type, data sources included. */
export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** A text attribute; empty when it is absent, null or of another type. */
export function text({ values }: Pick<Resource, "values">, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

export function texts({ values }: Pick<Resource, "values">, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** @returns undefined when the attribute is no number, or is -1, which stands for "all" in EC2's rules */
export function port({ values }: Pick<Resource, "values">, name: string): number | undefined {
  const value = values[name];
  return typeof value === "number" && value >= 0 ? value : undefined;
}

export function flag({ values }: Pick<Resource, "values">, name: string): boolean {
  return values[name] === true;
}

/** Nested blocks, each in the shape of a resource so that the readers above work on it. */
export function blocks(
  { values }: Pick<Resource, "values">,
  name: string,
): readonly Pick<Resource, "values">[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => (isRecord(item) ? [{ values: item }] : []));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
