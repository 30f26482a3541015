import fc from "fast-check";

import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";
import { expectedAssume, expectedPresign } from "../expect/permissions";
import { buildModel } from "../model/model";
import { manyLobs } from "../testing/many-lobs";
import { policy, type Target } from "../testing/mutations/mutation";
import { assumeMatrix } from "./assume-matrix";
import { compare } from "./compare";
import type { Expected, Matrix } from "./matrix";
import { presignMatrix } from "./presign-matrix";

/** Names that policies, ARNs and ids hold, and others. */
const NAMES = ["alice", "Alice", "bob", "lob-1", "eu", "user", "profile", "access", "a", "session", "vpc"];

/** Three lines of business with these users, each user with a profile. */
function withUsers(): { readonly state: readonly ResourceInstance[]; readonly config: Config } {
  const { state, config } = manyLobs(3);
  const users = (index: number): readonly string[] => NAMES.filter((_, at) => at % 3 === index);
  const profiles = state.filter(({ type }) => type === "aws_sagemaker_user_profile");
  const copies = profiles.flatMap((profile, index) =>
    users(index).map((user) => ({
      ...profile,
      address: `${profile.address}-${user}`,
      values: {
        ...profile.values,
        user_profile_name: user,
        arn: String(profile.values["arn"]).replace(/[^/]*$/, user),
      },
    })),
  );
  return {
    state: [...state, ...copies],
    config: {
      ...config,
      linesOfBusiness: config.linesOfBusiness.map((lob, index) => ({
        ...lob,
        users: [...lob.users, ...users(index)],
      })),
    },
  };
}

const { state, config } = withUsers();

const VARIABLE = "${aws:PrincipalTag/user}";
const conditions: readonly object[] = [
  {},
  {},
  { StringEquals: { "aws:PrincipalTag/user": ["alice", "lob-1"] } },
  { StringNotEquals: { "aws:SourceIdentity": "bob" } },
  { StringEqualsIgnoreCase: { "sts:SourceIdentity": "ALICE" } },
  { StringLike: { "aws:PrincipalTag/user": "a*" } },
  { StringLike: { "sts:RoleSessionName": ["*e", "?ob"] } },
  { StringNotLike: { "aws:RequestTag/user": "*o*" } },
  { StringEquals: { "sts:RoleSessionName": "${aws:RequestTag/user}" } },
  { StringEquals: { "aws:SourceIdentity": VARIABLE } },
  { StringLike: { "aws:SourceVpce": `*${VARIABLE}*` } },
  { StringLike: { "aws:PrincipalArn": "*${aws:SourceIdentity}*" } },
  { StringEquals: { "aws:UserAgent": VARIABLE } },
  { Null: { "aws:PrincipalTag/user": "true" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*execution" } },
  { StringEquals: { "aws:PrincipalAccount": "600000000001" } },
];
const resources = [
  "*",
  "arn:aws:sagemaker:*:*:user-profile/*",
  `arn:aws:sagemaker:*:*:user-profile/*/${VARIABLE}`,
  `arn:aws:sagemaker:*:*:*${VARIABLE}*`,
  "arn:aws:sagemaker:*:*:user-profile/*/${aws:SourceIdentity}e",
  "arn:aws:iam::*:role/*-access",
];
const principals: readonly unknown[] = [
  { AWS: "*" },
  { AWS: ["600000000000", "arn:aws:iam::600000000001:root"] },
  { AWS: "arn:aws:sts::600000000001:assumed-role/studio-access-local-lob-1-access/bob" },
];

interface PolicyOf {
  readonly target: Target;
  readonly attribute: string;
  readonly kind: "identity" | "trust" | "endpoint";
}
const places: readonly PolicyOf[] = [
  ...["lob-0", "lob-1"].flatMap((lob): readonly PolicyOf[] => [
    { target: [lob, "aws_iam_role_policy", "AccessRole"], attribute: "policy", kind: "identity" },
    { target: [lob, "aws_iam_role_policy", "ExecutionRole"], attribute: "policy", kind: "identity" },
    { target: [lob, "aws_iam_role", "AccessRole"], attribute: "assume_role_policy", kind: "trust" },
    { target: [lob, "aws_iam_role", "ExecutionRole"], attribute: "assume_role_policy", kind: "trust" },
  ]),
  { target: ["access", "aws_iam_role_policy", "PresignFunction"], attribute: "policy", kind: "identity" },
  { target: ["networking", "aws_vpc_endpoint", "Endpoint-studio"], attribute: "policy", kind: "endpoint" },
  { target: ["networking", "aws_vpc_endpoint", "Endpoint-sts"], attribute: "policy", kind: "endpoint" },
];

const change = fc.record({
  place: fc.constantFrom(...places),
  Effect: fc.constantFrom("Allow", "Allow", "Deny"),
  Action: fc.constantFrom<unknown>("*", "sagemaker:CreatePresignedDomainUrl", "sts:AssumeRole", "sts:*"),
  Resource: fc.constantFrom(...resources),
  Principal: fc.constantFrom(...principals),
  Condition: fc.constantFrom(...conditions),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(before: readonly ResourceInstance[], one: Change): readonly ResourceInstance[] {
  const { place, Effect, Action, Resource, Principal, Condition } = one;
  const statement = {
    Effect,
    Action: place.kind === "trust" ? "sts:*" : Action,
    Condition,
    ...(place.kind === "trust" ? {} : { Resource }),
    ...(place.kind === "identity" ? {} : { Principal }),
  };
  return policy(place.target, place.attribute, (statements) => [...statements, statement])(before);
}

function outcomes(matrix: Matrix, expected: Expected): ReadonlyMap<string, string> {
  const { cells } = compare(matrix, expected, { maxCells: 20_000 });
  return new Map(cells.map(({ row, column, outcome }) => [`${row} | ${column}`, outcome]));
}

describe("classes of callers that no policy tells apart", () => {
  it("have the outcomes of every single one of them, whatever the policies say", () => {
    let classed = 0;
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
        const model = buildModel(changes.reduce(changed, state), config.region);
        for (const [matrix, expected] of [
          [presignMatrix(model, config), expectedPresign(config)],
          [assumeMatrix(model, config), expectedAssume(config)],
        ] as const) {
          const single: Matrix = { ...matrix, classes: undefined };
          expect(outcomes(matrix, expected)).toEqual(outcomes(single, expected));
          const { workedOut, cellCount } = compare(matrix, expected, { maxCells: 0 });
          if (workedOut < cellCount / 2) classed++;
        }
      }),
      { numRuns: 40, seed: 4 },
    );
    expect(classed).toBeGreaterThan(20);
  });
});
