import fc from "fast-check";

import { parsePlan } from "../model";
import { review } from "../review";
import type { Config } from "@studio-access/config";
import type { Rule, RuleContext } from "../rules/rule";
import { jsonReport } from "./json-report";
import { markdownReport } from "./markdown-report";

// Reports read only the environment's name and the values of a config.
const config = { environment: "test", region: "eu-west-1" } as unknown as Config;

/**
 * A secret of any characters around a core of letters. No escaping changes the core, so a report without the core does
 * not contain the secret.
 */
const secret = fc
  .tuple(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.stringMatching(/^[A-Z]{16}$/),
    fc.string({ maxLength: 8 }),
  )
  .map(([before, core, after]) => ({ core, value: `${before}${core}${after}` }));

/** Longer texts, lists, objects, policies, texts of JSON with a value in them; also as the name of a tag. */
const wrapped = (value: string): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(
    value,
    `x${value}y`.repeat(30),
    [value, "other"],
    [{ from: value, port: 1 }],
    { tag: value, [value]: "named" },
    JSON.stringify({ deep: { a: [value] } }),
    JSON.stringify({ text: JSON.stringify({ value }) }),
    policyWith(value),
    JSON.stringify(policyWith(value)),
  );

function policyWith(value: string): string {
  const condition = { StringEquals: { "aws:SourceVpce": [value], [value]: "x" } };
  return JSON.stringify({
    Statement: [{ Sid: value, Effect: "Allow", Action: "a:b", Resource: value, Condition: condition }],
  });
}

/** Where the secret is known from: another stack's outputs, or a mark on an attribute. */
function sourceOf(kind: "foreign" | "marked", value: string): object {
  const outputs = { endpoint_id: kind === "foreign" ? value : "vpce-other" };
  return {
    address: "data.terraform_remote_state.cross-stack-reference-input-networking",
    mode: "data",
    type: "terraform_remote_state",
    name: "cross-stack-reference-input-networking",
    values: { outputs, other: kind === "marked" ? value : "" },
    sensitive_values: { other: true },
  };
}

function changeOf(address: string, actions: readonly string[], before: unknown, after: unknown): object {
  const [type = "", name = ""] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    change: {
      actions,
      before: actions.includes("create") ? null : { attribute: before },
      after: actions.includes("delete") ? null : { attribute: after },
    },
  };
}

const gossip: Rule = {
  name: "gossip",
  severity: "block",
  description: "Quotes everything everywhere.",
  check: ({ stacks }) =>
    stacks.flatMap(({ stack, resources }) =>
      resources.map(({ address, before, after }) => ({
        rule: "gossip",
        severity: "block",
        stack,
        address,
        message: `${JSON.stringify(before)} @everybody ${String(after?.["attribute"])}`,
        details: [JSON.stringify(after)],
        remedy: JSON.stringify(JSON.stringify(after)),
      })),
    ),
};

describe("what must not be shown", () => {
  it("is in no report, whatever it is part of and however short the report is", () => {
    const cases = secret.chain(({ core, value }) =>
      fc.record({
        core: fc.constant(core),
        value: fc.constant(value),
        source: fc.constantFrom("foreign" as const, "marked" as const),
        before: wrapped(value),
        after: wrapped(value),
        actions: fc.constantFrom(["create"], ["delete"], ["update"], ["delete", "create"]),
        limit: fc.constantFrom(900, 2_000, 100_000),
        inAddress: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(cases, ({ core, value, source, before, after, actions, limit, inAddress }) => {
        const plan = parsePlan({
          stack: "lob-a",
          error: `Error: ${value} is wrong`,
          plan: {
            format_version: "1.2",
            resource_changes: [
              changeOf(inAddress ? `aws_thing.T["${value}"]` : "aws_thing.T", actions, before, after),
            ],
            output_changes: { published: { actions: ["update"], before, after } },
            prior_state: { values: { root_module: { resources: [sourceOf(source, value)] } } },
          },
        });
        const context: RuleContext = { stacks: [plan], config };
        const reviewed = review(context, [gossip], () => undefined);
        expect(markdownReport(reviewed, config, { limit })).not.toContain(core);
        expect(JSON.stringify(jsonReport(reviewed, config))).not.toContain(core);
      }),
      { numRuns: 200 },
    );
  });
});
