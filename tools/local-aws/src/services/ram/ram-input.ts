import type { AwsCall } from "../../server/call";

/** The fields of all RAM requests; each operation reads its own. */
export interface RamInput {
  readonly name?: string;
  readonly allowExternalPrincipals?: boolean;
  readonly tags?: readonly { readonly key: string; readonly value?: string }[];
  readonly tagKeys?: readonly string[];
  readonly principals?: readonly string[];
  readonly principal?: string;
  readonly resourceArns?: readonly string[];
  readonly resourceArn?: string;
  readonly resourceOwner?: "SELF" | "OTHER-ACCOUNTS";
  readonly resourceShareArn?: string;
  readonly resourceShareArns?: readonly string[];
  readonly resourceShareStatus?: string;
  readonly resourceShareInvitationArn?: string;
  readonly resourceShareInvitationArns?: readonly string[];
  readonly resourceType?: string;
  readonly associationType?: "RESOURCE" | "PRINCIPAL";
  readonly associationStatus?: string;
  readonly clientToken?: string;
}

/** An operation, which returns the JSON body of the reply. */
export type RamOperation = (call: AwsCall, input: RamInput) => object | Promise<object>;

/** Whether a value is in the list; every value is, when there is no list. */
export function isWanted(value: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}
