import { readFileSync } from "node:fs";
import { join } from "node:path";

import { providerSchema } from "../testing/provider-schema";
import { attributeCounts, fateOf, fatesOf, TABLE } from "./table";

const schema = providerSchema();

/** Paths that the table names and the provider does not have. A path below a map is one of the map's own keys. */
function unknownPaths(type: string): readonly string[] {
  const paths = Object.entries(schema[type] ?? {});
  const exists = (path: string): boolean =>
    paths.some(
      ([known, kind]) =>
        known === path || known.startsWith(`${path}.`) || (kind === "map" && path.startsWith(`${known}.`)),
    );
  const { modelled = "", fixed = {}, free = {} } = TABLE[type] ?? { count: {} };
  const named = [...modelled.split(" "), ...Object.keys(fixed), ...Object.values(free).join(" ").split(" ")];
  return named.filter((path) => path !== "" && !exists(path));
}

describe("the table of attributes", () => {
  it("knows no type that the provider does not have", () => {
    expect(Object.keys(TABLE).filter((type) => schema[type] === undefined)).toEqual([]);
  });

  it.each(Object.keys(TABLE))("names only attributes that the provider has: %s", (type) => {
    expect(unknownPaths(type)).toEqual([]);
  });

  it.each(Object.keys(TABLE))("names no attribute twice: %s", (type) => {
    const { modelled = "", fixed = {}, free = {} } = TABLE[type] ?? { count: {} };
    const named = [
      ...modelled.split(" "),
      ...Object.keys(fixed),
      ...Object.values(free).join(" ").split(" "),
    ];
    expect(named.filter((path, index) => path !== "" && named.indexOf(path) !== index)).toEqual([]);
  });

  it("says of every attribute of the provider's what becomes of it", () => {
    const { modelled, fixed, free, unset } = attributeCounts(schema);
    const all = Object.values(schema).reduce((sum, paths) => sum + Object.keys(paths).length, 0);
    expect(modelled + fixed + free + unset).toBe(all);
    expect(Math.min(modelled, fixed, free, unset)).toBeGreaterThan(0);
  });

  it("is counted in the README", () => {
    const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
    for (const [fate, count] of Object.entries(attributeCounts(schema)).filter(([fate]) => fate !== "types"))
      expect(readme).toMatch(new RegExp(`\\| ${fate} +\\| ${count} +\\|`));
  });

  it("lets an attribute that it does not name have no value", () => {
    const fates = fatesOf("aws_subnet") ?? new Map();
    expect(fateOf(fates, "map_public_ip_on_launch")).toBeUndefined();
    expect(fateOf(fates, "tags.Name")).toMatchObject({ kind: "free", reason: "label" });
  });
});
