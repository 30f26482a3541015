/** Why a stack must not be planned. */
export interface Refusal {
  readonly stack: string;
  /** Where in the stack's `cdk.tf.json`, `resource.aws_vpc.Main`; or a file beside it. */
  readonly place: string;
  /** What is there, and why it is refused. */
  readonly reason: string;
}

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The blocks of a kind: Terraform's JSON has a list, or one. */
export function blocksOf(value: unknown): readonly Json[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isJson);
}

/** Blocks with two labels, as `resource` and `data` have: type, name and body. */
export function labelled(value: unknown): readonly (readonly [type: string, name: string, body: Json])[] {
  return blocksOf(value).flatMap((types) =>
    Object.entries(types).flatMap(([type, names]) =>
      blocksOf(names).flatMap((named) =>
        Object.entries(named).flatMap(([name, bodies]) =>
          blocksOf(bodies).map((body) => [type, name, body] as const),
        ),
      ),
    ),
  );
}

/** Every text of a value, with its place. */
export function textsIn(value: unknown, place: string): readonly (readonly [place: string, text: string])[] {
  if (typeof value === "string") return [[place, value]];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => textsIn(item, `${place}[${index}]`));
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [`${place}.${key}`, key] as const,
    ...textsIn(item, place === "" ? key : `${place}.${key}`),
  ]);
}
