import type { PortalSettings } from "@studio-access/shared-types";

/** What the page's data block holds. */
export interface PageSettings extends Omit<PortalSettings, "region"> {
  /** Origin of Studio, with `DOMAIN` in place of the domain's id. */
  readonly studio: string;
}
