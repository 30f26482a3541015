import { parsePolicy } from "../document";
import { evaluateRequest } from "../evaluate";
import type { Principal } from "../principal";
import { answer, type Answer, type KeyFacts, type Question } from "./answer";
import { Undecidable } from "./undecidable";

const ACTION = "sagemaker:CreatePresignedDomainUrl";
const RESOURCE = "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-a/alice";
const CALLER: Principal = {
  type: "role_session",
  roleArn: "arn:aws:iam::222222222222:role/access",
  sessionName: "alice",
};

const ANY: KeyFacts = { possible: (values) => values, usual: (values) => values };
const AT_WILL: KeyFacts = {
  possible: (values) => [undefined, ...values],
  usual: () => [undefined],
};

interface Given {
  readonly statement?: object;
  readonly more?: readonly object[];
  readonly facts?: Readonly<Record<string, KeyFacts>>;
  readonly stated?: Question["stated"];
}

function ask({ statement = {}, more = [], facts = {}, stated = {} }: Given): Answer {
  const allow = { Effect: "Allow", Action: ACTION, Resource: "*", ...statement };
  const policy = parsePolicy(
    { Version: "2012-10-17", Statement: [allow, ...more] },
    { name: "p", kind: "identity" },
  );
  return answer({
    policies: [policy],
    actions: [ACTION],
    principal: CALLER,
    resource: RESOURCE,
    stated,
    facts: (key) => facts[key],
    decide: (principal, context) =>
      evaluateRequest({
        identityPolicies: [policy],
        request: { principal, action: ACTION, resource: RESOURCE, context },
      }),
  });
}

const tls = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
const both: KeyFacts = { possible: () => ["true", "false"], usual: () => ["true"] };

describe("a question with open condition keys", () => {
  it("is allowed where one of their values allows it", () => {
    const date = { Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } } };
    expect(ask({ statement: date, facts: { "aws:currenttime": ANY } })).toMatchObject({
      allowed: true,
      depends: ["aws:currenttime"],
      untold: [],
    });
  });

  it("does not depend on a key whose usual values all allow it", () => {
    expect(ask({ statement: tls, facts: { "aws:securetransport": both } })).toMatchObject({
      allowed: true,
      depends: [],
    });
  });

  it("depends on a key where a usual request is denied", () => {
    const deny = {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringLike: { "aws:UserAgent": "curl*" } },
    };
    expect(ask({ more: [deny], facts: { "aws:useragent": ANY } })).toMatchObject({
      allowed: true,
      depends: ["aws:useragent"],
    });
  });

  it("cannot be told where it depends on a key of which nothing is known", () => {
    const tag = { Condition: { StringEquals: { "aws:ResourceTag/open": "yes" } } };
    expect(ask({ statement: tag }).untold).toEqual(["aws:resourcetag/open"]);
  });

  it("is refused, whatever an unknown key holds, where no value of it allows the request", () => {
    const elsewhere = {
      Resource: "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-b/*",
      Condition: { StringEquals: { "aws:ResourceTag/open": "yes" } },
    };
    expect(ask({ statement: elsewhere })).toMatchObject({ allowed: false, untold: [] });
  });

  it("takes a key that is stated as it is, also where it is not sent", () => {
    const tag = { Condition: { Null: { "aws:PrincipalTag/team": "true" } } };
    expect(ask({ statement: tag, stated: { "aws:PrincipalTag/team": undefined } })).toMatchObject({
      allowed: true,
      depends: [],
    });
    expect(ask({ statement: tls, stated: { "aws:SecureTransport": "false" } }).allowed).toBe(false);
  });

  it("finds the value with which a variable makes a pattern match the resource", () => {
    const own = {
      Resource: "arn:aws:sagemaker:*:*:user-profile/d-a/${aws:PrincipalTag/team}",
    };
    const found = ask({ statement: own, facts: { "aws:principaltag/team": AT_WILL } });
    expect(found).toMatchObject({ allowed: true, depends: ["aws:principaltag/team"] });
  });

  it("asks for several values of a key at once", () => {
    const three = {
      Condition: {
        "ForAnyValue:StringEquals": { "aws:TagKeys": "a" },
        "ForAnyValue:StringLike": { "aws:TagKeys": "b*" },
        "ForAnyValue:StringEqualsIgnoreCase": { "aws:TagKeys": "c" },
      },
    };
    expect(ask({ statement: three, facts: { "aws:tagkeys": AT_WILL } }).allowed).toBe(true);
  });

  it("is not guessed at where there are too many cases", () => {
    const values = Array.from({ length: 100 }, (_, index) => `v-${index}`);
    const condition = { "aws:UserAgent": values, "aws:Referer": values };
    expect(() =>
      ask({
        statement: { Condition: { StringEquals: condition } },
        facts: { "aws:useragent": ANY, "aws:referer": ANY },
      }),
    ).toThrow(Undecidable);
  });
});
