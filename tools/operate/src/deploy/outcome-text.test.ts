import { outcomeText } from "./outcome-text";

describe("the end of a deploy", () => {
  it("says what became of each stack, failures last", () => {
    expect(
      outcomeText([
        { stack: "networking", outcome: "no changes" },
        { stack: "access", outcome: "failed", reason: "Error: no\nreally" },
        { stack: "lob-a", outcome: "not begun", reason: "it reads access" },
        { stack: "on-premise", outcome: "applied" },
      ]),
    ).toBe(
      [
        "✔ on-premise  applied",
        "· networking  no changes",
        "- lob-a       not begun: it reads access",
        "✖ access      failed: Error: no",
        "    really",
        "",
        "When the cause is mended: ./studio deploy access lob-a",
      ].join("\n"),
    );
  });

  it("says no more where nothing failed", () => {
    expect(outcomeText([{ stack: "lob-a", outcome: "applied" }])).toBe("✔ lob-a  applied");
  });

  it.each([
    "Error: creating IAM Role (r): EntityAlreadyExists: Role with name r already exists.",
    "Error: creating EC2 Subnet: InvalidSubnet.Conflict: The CIDR '10.1.0.0/24' conflicts with another subnet",
    "Error: creating Route53 Zone Association: ConflictingDomainExists: The VPC is associated with such a zone",
    "Error: creating EC2 Route: RouteAlreadyExists: The route identified by 0.0.0.0/0 exists.",
    "Error: creating DynamoDB Table Item: ConditionalCheckFailedException: The conditional request failed",
    "terraform apply of access was killed by SIGKILL.",
    "Error: Plugin did not respond",
    "Error: Failed to persist state to backend",
  ])("names recover where a deploy may have been cut off, this one or one before it: %s", (reason) => {
    expect(
      outcomeText([{ stack: "access", outcome: "failed", reason }])
        .split("\n")
        .slice(-2),
    ).toEqual([
      "If a deploy was cut off, this one or one before it: ./studio recover access adopts what it left.",
      "When the cause is mended: ./studio deploy access",
    ]);
  });

  it("says how the lock that a deploy has left is released", () => {
    const reason = "Error: Error acquiring the state lock\nLock Info:\nID: 1";
    expect(outcomeText([{ stack: "lob-a", outcome: "failed", reason }])).toContain(
      "The state is locked. When the deploy that holds the lock has ended: ./studio recover lob-a --release-lock\n",
    );
  });

  it("does not name recover for another failure", () => {
    const reason = "Error: creating IAM Role (r): AccessDenied: not authorized";
    expect(outcomeText([{ stack: "lob-a", outcome: "failed", reason }])).not.toContain("recover");
  });
});
