import { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";
import { isWanted, type RamInput, type RamOperation } from "./ram-input";
import type { Invitation } from "./resource-share";
import type { ShareRegistry } from "./share-registry";
import { invitationView } from "./views";

/** Operations of the receiver of an invitation. */
export class InvitationOperations {
  readonly operations: ReadonlyMap<string, RamOperation> = new Map<string, RamOperation>([
    ["getresourceshareinvitations", (call, input) => this.#list(call, input)],
    ["acceptresourceshareinvitation", (call, input) => this.#accept(call, input)],
    ["rejectresourceshareinvitation", (call, input) => this.#reject(call, input)],
  ]);
  readonly #registry: ShareRegistry;

  constructor(registry: ShareRegistry) {
    this.#registry = registry;
  }

  #list(call: AwsCall, input: RamInput): object {
    const found = this.#registry.invitations.filter(
      ({ arn, share, receiver }) =>
        receiver === call.account &&
        isWanted(share.arn, input.resourceShareArns) &&
        isWanted(arn, input.resourceShareInvitationArns),
    );
    return { resourceShareInvitations: found.map(invitationView) };
  }

  #accept(call: AwsCall, input: RamInput): object {
    const invitation = this.#pending(call, input);
    invitation.status = "ACCEPTED";
    const association = invitation.share.associations.find(({ entity }) => entity === invitation.receiver);
    if (association) association.status = "ASSOCIATED";
    return { resourceShareInvitation: invitationView(invitation), clientToken: input.clientToken };
  }

  #reject(call: AwsCall, input: RamInput): object {
    const invitation = this.#pending(call, input);
    invitation.status = "REJECTED";
    const association = invitation.share.associations.find(({ entity }) => entity === invitation.receiver);
    if (association) association.status = "DISASSOCIATED";
    return { resourceShareInvitation: invitationView(invitation), clientToken: input.clientToken };
  }

  #pending(call: AwsCall, { resourceShareInvitationArn: arn = "" }: RamInput): Invitation {
    const invitation = this.#registry.invitation(arn);
    if (invitation?.receiver !== call.account) {
      throw new AwsError("ResourceShareInvitationArnNotFoundException", `Invitation ${arn} was not found.`);
    }
    const code = {
      PENDING: undefined,
      ACCEPTED: "ResourceShareInvitationAlreadyAcceptedException",
      REJECTED: "ResourceShareInvitationAlreadyRejectedException",
    }[invitation.status];
    if (code !== undefined) throw new AwsError(code, `Invitation ${arn} is ${invitation.status}.`);
    return invitation;
  }
}
