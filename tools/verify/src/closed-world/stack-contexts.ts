import { stacksOf, type Config } from "@studio-access/config";

import type { StackContext, StackKind } from "./rules";

const SHARED: Readonly<Record<string, StackKind>> = {
  networking: "networking",
  access: "access",
  "on-premise": "on-premise",
  state: "state",
  "ci-access": "ci",
};

/** The stacks that the config calls for, by name. */
export function stackContexts(config: Config): ReadonlyMap<string, StackContext> {
  const lobs = new Map(config.linesOfBusiness.map((lob) => [lob.name, lob] as const));
  return new Map(
    stacksOf(config).map(({ name }): [string, StackContext] => {
      const ciLob = lobs.get(name.replace(/^ci-access-/, ""));
      const lob = lobs.get(name);
      const kind = SHARED[name] ?? (lob === undefined ? "ci" : "lob");
      const account = (lob ?? ciLob)?.account.id ?? config.sharedServices.id;
      return [name, { config, stack: name, kind, account, lob }];
    }),
  );
}
