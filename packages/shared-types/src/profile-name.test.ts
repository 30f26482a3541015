import fc from "fast-check";

import { USER_NAME_PATTERN } from "./identity";
import { profileNameOf, PROVIDER_NAME_PATTERN, providerNameOf } from "./profile-name";

/** SageMaker's own rule, as its API reference has it, and its length. */
const SAGEMAKER = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

describe("profileNameOf", () => {
  it.each(["ab", "alice", "jane-doe", "A--9", "m-x", "m--x", "m--jane-doe", "a".repeat(63)])(
    "leaves the profile name %s as it is",
    (name) => {
      expect(profileNameOf(name)).toBe(name);
    },
  );

  it.each([
    ["jane.doe@example.com", "m--jane--doe---example--com"],
    ["anne-marie@my-company.com", "m--anne-marie---my-company--com"],
    ["jane_doe", "m--jane----5fdoe"],
    ["o'brien+x@example.com", "m--o----27brien----2bx---example--com"],
    ["auth0|5f7c8ec7c33c6c004bbafe82", "m--auth0----7c5f7c8ec7c33c6c004bbafe82"],
    ["j_b.example#EXT#@c.example", "m--j----5fb--example----23EXT----23---c--example"],
    ["a.-b", "m--a----2e-b"],
    ["a--b.c", "m--a----2d-b--c"],
  ])("writes %s as %s", (name, mapped) => {
    expect(profileNameOf(name)).toBe(mapped);
    expect(providerNameOf(mapped)).toBe(name);
  });

  it.each([
    ["is too long when it is mapped", `${"a".repeat(50)}@example.com`],
    ["is a mapped name itself", "m--jane--doe---example--com"],
    ["is a mapped name in upper case", "M--JANE--DOE---EXAMPLE--COM"],
    ["is too short", "a"],
    ["is empty", ""],
    ["ends with a dot", "jane."],
    ["has two dots", "a..b"],
    ["has a blank", "jane doe"],
    ["has a line break", "jane\n"],
    ["has a letter beyond ASCII", "älice@example.com"],
    ...["*", "?", "/", "%", "$", "\\", '"', "`", ":", "&", ";"].map((character) => [
      `has ${character}`,
      `a${character}b`,
    ]),
  ])("has none for a name that %s", (_why, name) => {
    expect(profileNameOf(name)).toBeUndefined();
  });
});

describe("the mapping of names", () => {
  /** Any name of these characters, and names in which mapped forms are frequent. */
  const names = fc.oneof(
    fc.stringMatching(/^[aB0m5fD2._@+'#|~!^-]{1,70}$/),
    fc
      .array(fc.constantFrom("m--", "a", "B", "-", "--", "---", "----", "5f", "2e", ".", "@"), {
        maxLength: 12,
      })
      .map((parts) => parts.join("")),
  );

  it("gives SageMaker's names, with a way back, and leaves plain names alone", () => {
    fc.assert(
      fc.property(names, (name) => {
        const mapped = profileNameOf(name);
        if (mapped === undefined) return;
        expect(mapped).toMatch(SAGEMAKER);
        expect(mapped).toMatch(USER_NAME_PATTERN);
        expect(providerNameOf(mapped)).toBe(name);
        if (USER_NAME_PATTERN.test(name)) expect(mapped).toBe(name);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives no two people one name, not even in upper and lower case", () => {
    const of = new Map<string, string>();
    fc.assert(
      fc.property(names, (name) => {
        const mapped = profileNameOf(name)?.toLowerCase();
        if (mapped === undefined) return;
        expect(of.get(mapped) ?? name.toLowerCase()).toBe(name.toLowerCase());
        of.set(mapped, name.toLowerCase());
      }),
      { numRuns: 10_000 },
    );
  });

  it("finds the way back from any profile name: to the person it stands for, or to itself", () => {
    fc.assert(
      fc.property(fc.oneof(names, fc.stringMatching(/^m--[a-f0-9-]{0,30}[a-z0-9]$/)), (name) => {
        const person = providerNameOf(name);
        expect(person === name || profileNameOf(person) === name).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("is total where names are of the pattern, plain or short enough, and not reserved", () => {
    fc.assert(
      fc.property(names, (name) => {
        const longest = name.length + 5 * name.replace(/[a-zA-Z0-9]/g, "").length + 3;
        if (!PROVIDER_NAME_PATTERN.test(name) || /^m--.*--/i.test(name) || longest > 63) return;
        expect(profileNameOf(name)).toBeDefined();
      }),
      { numRuns: 5000 },
    );
  });
});
