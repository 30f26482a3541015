import { idsIn, type Json, type Listing, type ListingMoto } from "./listing";

interface JsonType {
  readonly label: string;
  readonly target: string;
  readonly field: string;
  readonly id?: string;
  readonly request?: Json;
  /** Whether AWS itself created the resource. */
  readonly isBuiltIn?: (id: string) => boolean;
}

const TYPES: readonly JsonType[] = [
  {
    label: "cognito-idp user-pool",
    target: "AWSCognitoIdentityProviderService.ListUserPools",
    field: "UserPools",
    id: "Id",
    request: { MaxResults: 60 },
  },
  { label: "dynamodb table", target: "DynamoDB_20120810.ListTables", field: "TableNames" },
  { label: "events rule", target: "AWSEvents.ListRules", field: "Rules", id: "Name" },
  {
    label: "kms alias",
    target: "TrentService.ListAliases",
    field: "Aliases",
    id: "AliasName",
    isBuiltIn: (id) => id.startsWith("alias/aws/"),
  },
  {
    label: "logs log-group",
    target: "Logs_20140328.DescribeLogGroups",
    field: "logGroups",
    id: "logGroupName",
  },
  {
    label: "logs metric-filter",
    target: "Logs_20140328.DescribeMetricFilters",
    field: "metricFilters",
    id: "filterName",
  },
  {
    label: "route53resolver endpoint",
    target: "Route53Resolver.ListResolverEndpoints",
    field: "ResolverEndpoints",
    id: "Id",
  },
  {
    label: "route53resolver rule",
    target: "Route53Resolver.ListResolverRules",
    field: "ResolverRules",
    id: "Id",
  },
  {
    label: "route53resolver rule-association",
    target: "Route53Resolver.ListResolverRuleAssociations",
    field: "ResolverRuleAssociations",
    id: "Id",
  },
  {
    label: "ssm parameter",
    target: "AmazonSSM.DescribeParameters",
    field: "Parameters",
    id: "Name",
    request: { MaxResults: 50 },
    isBuiltIn: (id) => id.startsWith("/aws/"),
  },
];

const KMS_KEYS: Listing = {
  label: "kms key",
  async list(moto, { account, region }) {
    const answer = await moto.json("kms", account, region, "TrentService.ListKeys", {});
    const managed = await awsManagedKeys(moto, account, region);
    const keys = await Promise.all(
      idsIn(answer, "Keys", "KeyId").map(async (KeyId) => {
        const described = await moto.json("kms", account, region, "TrentService.DescribeKey", { KeyId });
        return (described as { readonly KeyMetadata: { KeyId: string; KeyState: string } }).KeyMetadata;
      }),
    );
    // A deleted key stays in the state PendingDeletion for days, on AWS as well.
    return keys
      .filter(({ KeyId, KeyState }) => KeyState !== "PendingDeletion" && !managed.has(KeyId))
      .map(({ KeyId }) => KeyId);
  },
};

/** AWS-managed keys, which moto lists like customer-managed keys: only their alias distinguishes them. */
async function awsManagedKeys(
  moto: ListingMoto,
  account: string,
  region: string,
): Promise<ReadonlySet<string>> {
  const answer = await moto.json("kms", account, region, "TrentService.ListAliases", {});
  const { Aliases = [] } = answer as {
    readonly Aliases?: readonly { AliasName: string; TargetKeyId?: string }[];
  };
  const own = Aliases.filter(({ AliasName }) => AliasName.startsWith("alias/aws/"));
  return new Set(own.flatMap(({ TargetKeyId }) => TargetKeyId ?? []));
}

/** Services with X-Amz-Target. */
export const JSON_LISTINGS: readonly Listing[] = [
  ...TYPES.map(({ label, target, field, id, request = {}, isBuiltIn }): Listing => ({
    label,
    async list(moto, place) {
      const service = label.split(" ")[0] ?? label;
      const pages = await pagesOf((token) => {
        return moto.json(service, place.account, place.region, target, { ...request, ...token });
      });
      return pages.flatMap((page) => idsIn(page, field, id)).filter((found) => !isBuiltIn?.(found));
    },
  })),
  KMS_KEYS,
];

/** Every page of a list. Services use one of two names for the token, the same in request and reply. */
async function pagesOf(get: (token: Json) => Promise<unknown>): Promise<Json[]> {
  const pages: Json[] = [];
  let token: Json | undefined = {};
  while (token) {
    const page: Json = (await get(token)) as Json;
    pages.push(page);
    const name = ["NextToken", "nextToken"].find((candidate) => page[candidate]);
    token = name === undefined ? undefined : { [name]: page[name] };
  }
  return pages;
}
