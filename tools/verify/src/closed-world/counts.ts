import type { StackContext } from "./rules";
import { zoneSharingOf } from "@studio-access/config";
import { centralServices } from "../expect/services";

/** A number of resources that the config decides. */
export type Whole = (stack: StackContext) => number;
export const central: Whole = ({ config }) => centralServices(config).length;
/** Zone associations of a line of business. */
export const centralByAssociation: Whole = (stack) =>
  zoneSharingOf(stack.config).byAssociation ? central(stack) : 0;
/** Whether there is a Route 53 Profile with the central zones. */
export const profile: Whole = ({ config }) => (zoneSharingOf(config).byProfile ? 1 : 0);
export const inbound: Whole = ({ config }) => (config.network.resolver.inbound ? 1 : 0);
export const outbound: Whole = ({ config }) => (config.network.resolver.outboundRules.length > 0 ? 1 : 0);
export const forwardRules: Whole = ({ config }) => config.network.resolver.outboundRules.length;
export const bastion: Whole = ({ config }) => (config.onPremise?.entry?.kind === "bastion" ? 1 : 0);
export const plus =
  (...counts: readonly (Whole | number)[]): Whole =>
  (stack) =>
    counts.reduce<number>((sum, count) => sum + (typeof count === "number" ? count : count(stack)), 0);

export const everyNetwork = <T>(count: T): Record<"networking" | "access" | "lob" | "on-premise", T> => ({
  networking: count,
  access: count,
  lob: count,
  "on-premise": count,
});

/** One more with the function for smoke tests. */
export const withSmoke =
  (count: number): Whole =>
  ({ config }) =>
    count + (config.smokeTest === true ? 1 : 0);

/** Whether the config has a portal: one function, with a role, a log group, a method, an integration and a permission. */
export const portal: Whole = ({ config }) => (config.access?.portal === undefined ? 0 : 1);

/** Whether the API has a name of the company's own: the name, its mapping, an association, a zone and a record. */
export const domain: Whole = ({ config }) => (config.access?.domain === undefined ? 0 : 1);
