import type { TokenPresetName } from "@studio-access/shared-types";

/** Options of `./studio init`. */
export interface InitFlags {
  readonly config: string;
  readonly environment?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  /** An id, or `none`. */
  readonly organization?: string;
  readonly sharedServices?: string;
  readonly profile?: string;
  readonly role?: string;
  /** Each `NAME=ACCOUNT:USER,USER`. */
  readonly lob?: readonly string[];
  readonly corporateCidrs?: readonly string[];
  readonly hubCidr?: string;
  readonly accessCidr?: string;
  readonly lobSupernets?: readonly string[];
  readonly stateBucket?: string;
  readonly oidcPreset?: TokenPresetName;
  readonly oidcIssuer?: string;
  readonly oidcJwksUri?: string;
  readonly oidcClientId?: string;
  readonly oidcAudience?: string;
  readonly oidcUserNameClaim?: string;
}

/** Options without which nothing can be made, each with the question that is asked on a terminal. */
export const QUESTIONS = {
  region: ["--region CODE", "Region of every stack, such as eu-west-1:"],
  sharedServices: ["--shared-services ACCOUNT", "Account id of the hub, the API and the tables:"],
  access: [
    "--profile PATTERN or --role NAME",
    "AWS profiles of the accounts, with {name} for shared-services and each LOB's name:",
  ],
  lob: ["--lob NAME=ACCOUNT:USER,USER", "A line of business, as lob-a=444455556666:ann,bob:"],
  corporateCidrs: ["--corporate-cidrs RANGES", "Networks of the users' machines, such as 192.168.10.0/24:"],
} as const;
