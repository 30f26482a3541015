/** The outputs of the access stack for other stacks. Terraform references only. */
export interface AccessOutputs {
  readonly usersTableName: string;
  readonly lobsTableName: string;
  /** Undefined where no line of business has groups. */
  readonly groupsTableName: string | undefined;
  /** Private zone of the API's name. */
  readonly apiZoneId: string;
  /** Private zone of the company's own name for it; undefined without such a name. */
  readonly domainZoneId: string | undefined;
  /** User pool of the Cognito stand-in; undefined with an identity provider of the company's own. */
  readonly userPoolId: string | undefined;
}
