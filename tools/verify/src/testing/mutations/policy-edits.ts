import { isRecord } from "@studio-access/terraform";

type Statement = Readonly<Record<string, unknown>>;
type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A policy's text after one change. */
export interface PolicyEdit {
  readonly name: string;
  readonly json: string;
}

const FOREIGN = "444444444444";

/** Conditions that hold in every request, by what they are called. */
export const ALWAYS_TRUE: Readonly<Record<string, Conditions>> = {
  "over TLS": { Bool: { "aws:SecureTransport": "true" } },
  "after 2020": { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
  "after the epoch": { NumericGreaterThan: { "aws:EpochTime": "1" } },
  "with any user agent": { StringLike: { "aws:UserAgent": "*" } },
  "with a time": { Null: { "aws:CurrentTime": "false" } },
  "not by a service": { Bool: { "aws:PrincipalIsAWSService": "false" } },
};

/** Single changes of a policy; none of a text that is no policy. */
export function policyEdits(text: string): readonly PolicyEdit[] {
  const document = documentOf(text);
  if (document === undefined) return [];
  const { statements, write } = document;
  return [
    ...statements.flatMap((statement, index) =>
      statementEdits(statement).map(([what, changed]) => ({
        name: `${what} of statement ${index}`,
        json: write(statements.flatMap((each, at) => (at === index ? changed : [each]))),
      })),
    ),
    ...additions(statements[0] ?? {}).map(([what, added]) => ({
      name: what,
      json: write([...statements, added]),
    })),
  ];
}

/** The policy's statements, and how to write it with others. */
export function documentOf(text: string):
  | {
      readonly statements: readonly Statement[];
      readonly write: (statements: readonly Statement[]) => string;
    }
  | undefined {
  if (!text.startsWith("{") || !text.includes('"Statement"')) return undefined;
  const document: unknown = JSON.parse(text);
  if (!isRecord(document)) return undefined;
  const statements = [document["Statement"]].flat().filter(isRecord);
  return { statements, write: (changed) => JSON.stringify({ ...document, Statement: changed }) };
}

type Edit = readonly [what: string, statements: readonly Statement[]];

function statementEdits(statement: Statement): readonly Edit[] {
  const { Condition: condition, ...bare } = statement;
  const conditions = (isRecord(condition) ? condition : {}) as Conditions;
  const deny = statement["Effect"] === "Deny";
  return [
    ["remove all", []],
    ["turn the effect", [{ ...statement, Effect: deny ? "Allow" : "Deny" }]],
    ["any action", [{ ...statement, Action: "*" }]],
    ...(statement["Resource"] === undefined || statement["Resource"] === "*"
      ? []
      : [["any resource", [{ ...statement, Resource: "*" }]] as const]),
    ...(statement["Principal"] === undefined ? [] : principalEdits(statement)),
    ...Object.entries(conditions).flatMap(([operator, keys]): readonly Edit[] => {
      const others = Object.fromEntries(Object.entries(conditions).filter(([name]) => name !== operator));
      return [
        [`without ${operator}`, [{ ...bare, ...(Object.keys(others).length > 0 && { Condition: others }) }]],
        [`weaker ${operator}`, [{ ...bare, Condition: { ...others, StringLike: mapped(keys, () => "*") } }]],
        [
          `one more value for ${operator}`,
          [
            {
              ...bare,
              Condition: {
                ...conditions,
                [operator]: mapped(keys, (value) => [...[value].flat(), foreign(value)]),
              },
            },
          ],
        ],
      ];
    }),
    ...(condition === undefined
      ? []
      : Object.entries(ALWAYS_TRUE).map(([name, always]): Edit => [
          `only ${name}`,
          [{ ...bare, Condition: always }],
        ])),
  ];
}

function principalEdits(statement: Statement): readonly Edit[] {
  const principal = statement["Principal"];
  const with_ = (Principal: unknown): readonly Statement[] => [{ ...statement, Principal }];
  const old = isRecord(principal) ? principal : {};
  return [
    ...(principal === "*" ? [] : [["any principal", with_({ AWS: "*" })] as const]),
    [
      "a foreign role",
      with_({ ...old, AWS: [...[old["AWS"] ?? []].flat(), `arn:aws:iam::${FOREIGN}:role/partner`] }),
    ],
    ["a foreign account", with_({ ...old, AWS: `arn:aws:iam::${FOREIGN}:root` })],
    ["another service", with_({ ...old, Service: "glue.amazonaws.com" })],
  ];
}

function mapped(
  keys: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, change(value)]));
}

/** A stranger's value of the same form. */
function foreign(value: unknown): string {
  const [first = ""] = [value].flat().map(String);
  if (first.startsWith("vpce-")) return "vpce-0123456789abcdef0";
  if (/^\d{12}$/.test(first)) return FOREIGN;
  return first.startsWith("arn:") ? first.replace(/\d{12}/, FOREIGN) : "by-machine";
}

function additions(sample: Statement): readonly (readonly [string, Statement])[] {
  const whose = sample["Principal"] === undefined ? {} : { Principal: "*" };
  const what = sample["Resource"] === undefined ? {} : { Resource: "*" };
  const allow = { Effect: "Allow", ...whose, ...what };
  return [
    ["allow everything in one more statement", { ...allow, Action: "*" }],
    ["allow presigning in one more statement", { ...allow, Action: "sagemaker:CreatePresignedDomainUrl" }],
    ["allow other roles' policies in one more statement", { ...allow, Action: "iam:PutRolePolicy" }],
    [
      "allow everything over TLS in one more statement",
      { ...allow, Action: "*", Condition: ALWAYS_TRUE["over TLS"] },
    ],
  ];
}
