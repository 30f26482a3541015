import { widening, type ComparedKind, type Widening } from "./widening";

function named(statements: readonly object[]): { name: string; document: object }[] {
  const document = { Version: "2012-10-17", Statement: statements };
  return statements.length === 0 ? [] : [{ name: "the policy", document }];
}

function compare(kind: ComparedKind, before: readonly object[], after: readonly object[]): Widening {
  return widening(named(before), named(after), kind, { account: "222222222222" });
}

function textsOf(result: Widening): readonly string[] {
  return result.outcome === "wider" ? result.grants.map(({ text }) => text) : [];
}

const SHARED = "111111111111";

const trust = {
  Sid: "Presign",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${SHARED}:root` },
  Action: "sts:AssumeRole",
  Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${SHARED}:role/studio/presign` } },
};

const presign = {
  Sid: "Presign",
  Effect: "Allow",
  Action: "sagemaker:CreatePresignedDomainUrl",
  Resource: "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abc/${aws:PrincipalTag/user}",
  Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } },
};

const endpoint = {
  Sid: "Ours",
  Effect: "Allow",
  Principal: "*",
  Action: "sts:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": [SHARED, "222222222222"] } },
};

const ofThisApi = {
  Sid: "OnlyThroughTheEndpoint",
  Effect: "Deny",
  Principal: "*",
  Action: "execute-api:Invoke",
  Resource: `arn:aws:execute-api:eu-west-1:${SHARED}:a1b2c3/*`,
  Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
};

const key = { Effect: "Allow", Principal: { AWS: SHARED }, Action: "kms:*", Resource: "*" };

describe("a policy gets wider", () => {
  it("when a trust loses its condition", () => {
    const result = compare("trust", [trust], [{ ...trust, Condition: {} }]);
    expect(textsOf(result)).toEqual([
      `sts:AssumeRole by any principal of account ${SHARED}: was refused, is now allowed by Sid "Presign" of the policy`,
    ]);
  });

  it("when a trust policy admits another account", () => {
    const wider = { ...trust, Principal: { AWS: [SHARED, "999999999998"] }, Condition: {} };
    expect(textsOf(compare("trust", [{ ...trust, Condition: {} }], [wider]))).toEqual([
      'sts:AssumeRole by any principal of account 999999999998: was refused, is now allowed by Sid "Presign" of the policy',
    ]);
  });

  it("when a trust's role becomes a pattern", () => {
    const Condition = { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${SHARED}:role/*` } };
    expect(textsOf(compare("trust", [trust], [{ ...trust, Condition }]))[0]).toContain(
      "by any principal of account",
    );
  });

  it("when a policy variable gives way to a wildcard", () => {
    const Resource = presign.Resource.replace(/\$.*$/, "*");
    expect(compare("identity", [presign], [{ ...presign, Resource }]).outcome).toBe("wider");
  });

  it("when a Deny for one value of a variable is removed", () => {
    const denied = {
      Effect: "Deny",
      Action: presign.Action,
      Resource: presign.Resource.replace(/\$.*$/, "root"),
    };
    expect(compare("identity", [presign, denied], [presign]).outcome).toBe("wider");
    const instead = { ...presign, Condition: { StringEquals: { "aws:PrincipalTag/user": "alice" } } };
    expect(compare("identity", [presign], [instead]).outcome).toBe("wider");
  });

  it("when a newer Version turns literal text into a variable", () => {
    const old = [{ name: "p", document: { Version: "2008-10-17", Statement: presign } }];
    expect(widening(old, named([presign]), "identity").outcome).toBe("wider");
  });

  it("when an endpoint policy admits an account, and when the policy is removed", () => {
    const Condition = { StringEquals: { "aws:PrincipalAccount": [SHARED, "222222222222", "333333333333"] } };
    expect(textsOf(compare("endpoint", [endpoint], [{ ...endpoint, Condition }]))).toEqual([
      expect.stringContaining("by any principal of account 333333333333"),
    ]);
    expect(textsOf(compare("endpoint", [endpoint], []))[0]).toContain("the default policy");
  });

  it("when a boundary is gone", () => {
    expect(compare("boundary", [presign], []).outcome).toBe("wider");
    expect(compare("boundary", [], [presign]).outcome).toBe("not-wider");
  });

  it("when a Deny is gone, whatever else allows the request", () => {
    const allow = { ...ofThisApi, Sid: "All", Effect: "Allow", Condition: {} };
    expect(textsOf(compare("resource", [allow, ofThisApi], [allow]))[0]).toMatch(
      /execute-api:Invoke on .* by anyone, without credentials, without aws:SourceVpce: was denied by Sid "OnlyThrough.*is now allowed by Sid "All"/,
    );
    expect(textsOf(compare("resource", [ofThisApi], []))[0]).toContain("is no longer denied");
  });

  it("when Null no longer asks for a key", () => {
    const asks = { ...trust, Condition: { Null: { "sts:SourceIdentity": "false" } } };
    const result = compare("trust", [asks], [{ ...asks, Condition: {} }]);
    expect(textsOf(result)[0]).toContain("without sts:SourceIdentity");
  });

  it.each([
    ["an operator", { StringEqualsIfExists: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }],
    ["a value", { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2", "vpce-3"] } }],
    ["a pattern", { StringLike: { "aws:SourceVpce": "vpce-*" } }],
    ["another key", { StringEquals: { "aws:SourceVpc": "vpc-1" } }],
  ])("by %s of a condition", (_, Condition) => {
    expect(compare("identity", [presign], [{ ...presign, Condition }]).outcome).toBe("wider");
  });

  it.each([
    ["IpAddress", "aws:SourceIp", "10.0.0.0/16", "10.0.0.0/15"],
    ["NumericLessThan", "aws:MultiFactorAuthAge", "3600", "3601"],
    ["DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"],
    ["Bool", "aws:SecureTransport", "true", "false"],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::a", "arn:aws:s3:::a*"],
    ["StringEqualsIgnoreCase", "aws:SourceVpc", "vpc-1", "vpc-2"],
    ["ForAllValues:StringEquals", "aws:TagKeys", "a", "b"],
    ["ForAnyValue:StringLike", "aws:TagKeys", "a", "a*"],
    ["BinaryEquals", "aws:SourceVpc", "AAAA", "BBBB"],
  ])("by %s on %s from %s to %s", (operator, name, from, to) => {
    const before = { ...presign, Resource: "*", Condition: { [operator]: { [name]: from } } };
    const after = { ...before, Condition: { [operator]: { [name]: to } } };
    expect(compare("identity", [before], [after]).outcome).toBe("wider");
  });

  it.each<[string, ComparedKind, object, object?]>([
    ["the root user", "resource", { StringEquals: { "aws:PrincipalType": "Account" } }],
    [
      "users and no roles",
      "resource",
      { StringNotEquals: { "aws:PrincipalType": ["AssumedRole", "Account"] } },
    ],
    ["a session's name in its user id", "resource", { StringLike: { "aws:userid": "AROA*:alice" } }],
    ["an id of another account", "endpoint", { StringEquals: { "aws:userid": "AIDAEXAMPLE" } }],
    [
      "a user with the name in a tag",
      "resource",
      { StringEquals: { "aws:RequestTag/owner": "${aws:username}" } },
    ],
    [
      "three values at once",
      "resource",
      {
        "ForAnyValue:StringEquals": { "aws:TagKeys": "a" },
        "ForAnyValue:StringLike": { "aws:TagKeys": "b*" },
        "ForAnyValue:StringEqualsIgnoreCase": { "aws:TagKeys": "c" },
      },
    ],
    ["more than the root user", "gateway_endpoint", {}, { AWS: SHARED }],
  ])("for %s", (_, kind, Condition, Principal = { AWS: `arn:aws:iam::${SHARED}:role/studio/presign` }) => {
    const before = { Effect: "Allow", Principal, Action: "sagemaker:*", Resource: "*" };
    expect(compare(kind, [before], [before, { ...before, Principal: "*", Condition }]).outcome).toBe("wider");
  });

  it("by a second document, as long as the first does not say the same", () => {
    const first = named([presign]);
    const logs = {
      name: "more",
      document: { Statement: { Effect: "Allow", Action: "logs:*", Resource: "*" } },
    };
    expect(widening(first, [...first, logs], "identity").outcome).toBe("wider");
    expect(widening(first, [...first, ...first], "identity").outcome).toBe("not-wider");
  });
});

describe("a policy does not get wider", () => {
  it("by being cut in two documents", () => {
    const logs = { Effect: "Allow", Action: "logs:*", Resource: "*" };
    const cut = [...named([presign]), ...named([logs])];
    expect(widening(named([presign, logs]), cut, "identity").outcome).toBe("not-wider");
  });

  it("by naming its actions one by one", () => {
    const all = { Effect: "Allow", Action: "execute-api:*", Resource: "*" };
    const one = { ...all, Action: ["execute-api:Invoke", "execute-api:ManageConnections"] };
    expect(compare("identity", [all], [one]).outcome).toBe("not-wider");
  });

  it("by saying in two statements what one said", () => {
    const [first, second] = ["vpce-1", "vpce-2"].map((id) => {
      return { ...presign, Sid: id.replace("-", ""), Condition: { StringEquals: { "aws:SourceVpce": id } } };
    });
    expect(compare("identity", [presign], [first!, second!]).outcome).toBe("not-wider");
  });

  it("by one more condition on the Organization", () => {
    const Condition = { ...trust.Condition, StringEquals: { "aws:PrincipalOrgID": "o-1" } };
    expect(compare("trust", [trust], [{ ...trust, Condition }]).outcome).toBe("not-wider");
    expect(textsOf(compare("trust", [{ ...trust, Condition }], [trust]))).toHaveLength(1);
  });

  it("by naming everybody in Principal where a condition names one role", () => {
    expect(compare("trust", [trust], [{ ...trust, Principal: { AWS: "*" } }]).outcome).toBe("not-wider");
  });

  it("where the change is about actions that AWS never evaluates against a trust policy", () => {
    expect(compare("trust", [{ ...trust, Action: "sts:AssumeRole" }], [trust]).outcome).toBe("not-wider");
  });
});

describe("it cannot be decided", () => {
  it.each([
    ["an unknown operator", { ...key, Condition: { StringSame: { "aws:SourceVpc": "vpc-1" } } }],
    ["an unknown key", { ...key, Condition: { StringEquals: { "aws:Nonsense": "1" } } }],
    ["an unknown action", { ...key, Action: "kms:Nothing" }],
    ["NotPrincipal", { Effect: "Allow", NotPrincipal: { AWS: SHARED }, Action: "kms:*", Resource: "*" }],
    ["an IPv6 range", { ...key, Condition: { IpAddress: { "aws:SourceIp": "2001:db8::/32" } } }],
    [
      "a key compared as two types",
      {
        ...key,
        Condition: { StringEquals: { "aws:SourceIp": "1" }, IpAddress: { "aws:SourceIp": "10.0.0.1" } },
      },
    ],
    ["a variable that follows from the principal", { ...key, Resource: "arn:aws:s3:::${aws:userid}" }],
  ])("when there is %s", (_, statement) => {
    const result = compare("resource", [key], [{ ...statement, Sid: "New" }]);
    expect(result).toEqual({ outcome: "undecided", reasons: [expect.any(String)] });
  });

  it("when the text is not a policy document", () => {
    const broken = [{ name: "p", document: "{" }];
    expect(widening(broken, named([key]), "resource").outcome).toBe("undecided");
  });

  it("when AWS does not document whether every principal includes services", () => {
    const everyone = { ...key, Principal: { AWS: "*" } };
    const service = { ...key, Principal: { Service: "logs.amazonaws.com" } };
    expect(compare("resource", [everyone], [service]).outcome).toBe("undecided");
  });
});
