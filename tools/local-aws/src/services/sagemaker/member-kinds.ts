import { AwsError } from "../../server/aws-error";
import { optionalText, requiredText, structure, type StudioInput } from "./studio-input";
import type { StudioKind, StudioResource } from "./studio-store";

/** A kind of resource in a domain: its name, its validation, and its dependencies. */
export interface MemberKind {
  readonly kind: Exclude<StudioKind, "Domain">;
  /** Field of a request that holds its name. */
  readonly nameField: string;
  /** Resource part of its ARN. */
  readonly arnTail: (input: StudioInput) => string;
  /** @throws {AwsError} `ValidationException` */
  readonly check?: (input: StudioInput) => void;
  /** Whether the other resource must be deleted before the owner. */
  readonly isHeldBy?: (owner: StudioResource, other: StudioResource) => boolean;
  /** Names of the filters that its list takes, each with the field that it compares. */
  readonly filters: Readonly<Record<string, string>>;
}

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

export const USER_PROFILE: MemberKind = {
  kind: "UserProfile",
  nameField: "UserProfileName",
  arnTail: (input) =>
    `user-profile/${requiredText(input, "DomainId")}/${requiredText(input, "UserProfileName", NAME)}`,
  isHeldBy: ({ name }, other) =>
    optionalText(other.fields, "UserProfileName") === name ||
    optionalText(structure(other.fields["OwnershipSettings"]), "OwnerUserProfileName") === name,
  filters: { UserProfileNameContains: "UserProfileName" },
};

export const SPACE: MemberKind = {
  kind: "Space",
  nameField: "SpaceName",
  arnTail: (input) => `space/${requiredText(input, "DomainId")}/${requiredText(input, "SpaceName", NAME)}`,
  isHeldBy: ({ name }, other) => optionalText(other.fields, "SpaceName") === name,
  filters: { SpaceNameContains: "SpaceName" },
};

/** App types of Studio Classic, which can no longer be created on AWS. */
const CLASSIC_APPS = new Set(["JupyterServer", "KernelGateway"]);

export const APP: MemberKind = {
  kind: "App",
  nameField: "AppName",
  arnTail: (input) => {
    const owner = optionalText(input, "UserProfileName") ?? requiredText(input, "SpaceName", NAME);
    const type = requiredText(input, "AppType").toLowerCase();
    return `app/${requiredText(input, "DomainId")}/${owner}/${type}/${requiredText(input, "AppName", NAME)}`;
  },
  check: (input) => {
    if (!CLASSIC_APPS.has(requiredText(input, "AppType"))) return;
    throw new AwsError(
      "ValidationException",
      "Studio Classic takes no new apps; start JupyterLab or CodeEditor in a space.",
    );
  },
  filters: { UserProfileNameEquals: "UserProfileName", SpaceNameEquals: "SpaceName" },
};
