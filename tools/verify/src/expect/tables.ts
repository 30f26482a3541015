import { hasGroups, type Config } from "@studio-access/config";

import { namePrefix } from "./roles";

/** Names of the tables of the directory. Where no line of business has groups there are two. */
export function expectedTables(config: Config): readonly string[] {
  const groups = config.linesOfBusiness.some(hasGroups) ? ["groups"] : [];
  return ["users", "lobs", ...groups].map((table) => `${namePrefix(config)}-${table}`);
}
