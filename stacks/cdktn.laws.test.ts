import type * as Configs from "./testing/configs";
import type * as SynthApp from "./testing/synth-app";

/** Modules of cdktf that the app and the provider's bindings import. */
const MODULES = ["", "/lib/tokens/private/stack-trace", "/lib/validations/validate-binary-version"];

/** Each stack's JSON by the stack's name, synthesized with this library in cdktf's place. */
function synthesizedWith(library: "cdktf" | "cdktn"): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  jest.isolateModules(() => {
    for (const module of MODULES)
      jest.doMock(`cdktf${module}`, () => jest.requireActual<object>(`${library}${module}`));
    const { everything } = jest.requireActual<typeof Configs>("./testing/configs");
    const { synthApp } = jest.requireActual<typeof SynthApp>("./testing/synth-app");
    for (const [name, { json }] of synthApp(everything())) found[name] = json;
  });
  return found;
}

/** The stacks without the version of the library that wrote them, and those versions. */
function apart(stacks: Record<string, unknown>): {
  readonly versions: ReadonlySet<unknown>;
  readonly rest: unknown;
} {
  const versions = new Set<unknown>();
  const rest = Object.entries(stacks).map(([name, json]) => {
    const { "//": notes, ...body } = json as { "//": { metadata: { version: unknown } } };
    const { version, ...metadata } = notes.metadata;
    versions.add(version);
    return { name, body, notes: { ...notes, metadata } };
  });
  return { versions, rest };
}

/** The alternative to cdktf that docs/decisions/0001-why-cdktf.md names must keep working. */
describe("cdktn, the kept fork of cdktf,", () => {
  it("synthesizes the same JSON, but for its own version", () => {
    const ours = apart(synthesizedWith("cdktf"));
    const theirs = apart(synthesizedWith("cdktn"));
    expect(ours.versions).toEqual(new Set(["0.21.0"]));
    expect(theirs.versions).toEqual(new Set(["0.24.0"]));
    expect(theirs.rest).toEqual(ours.rest);
  });
});
