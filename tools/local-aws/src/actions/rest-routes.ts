/** Method and path of an operation, with `*` for one path segment, and the action that the operation needs. */
type Route = readonly [method: string, path: string, action: string];

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html; every path begins with a date. */
const LAMBDA: readonly Route[] = [
  ["GET", "account-settings", "GetAccountSettings"],
  ["GET", "functions", "ListFunctions"],
  ["POST", "functions", "CreateFunction"],
  ["GET", "functions/*", "GetFunction"],
  ["DELETE", "functions/*", "DeleteFunction"],
  ["GET", "functions/*/configuration", "GetFunctionConfiguration"],
  ["PUT", "functions/*/configuration", "UpdateFunctionConfiguration"],
  ["PUT", "functions/*/code", "UpdateFunctionCode"],
  ["POST", "functions/*/invocations", "InvokeFunction"],
  ["POST", "functions/*/invoke-async", "InvokeAsync"],
  ["GET", "functions/*/policy", "GetPolicy"],
  ["POST", "functions/*/policy", "AddPermission"],
  ["DELETE", "functions/*/policy/*", "RemovePermission"],
  ["GET", "functions/*/versions", "ListVersionsByFunction"],
  ["POST", "functions/*/versions", "PublishVersion"],
  ["GET", "functions/*/aliases", "ListAliases"],
  ["POST", "functions/*/aliases", "CreateAlias"],
  ["GET", "functions/*/aliases/*", "GetAlias"],
  ["PUT", "functions/*/aliases/*", "UpdateAlias"],
  ["DELETE", "functions/*/aliases/*", "DeleteAlias"],
  ["GET", "functions/*/concurrency", "GetFunctionConcurrency"],
  ["PUT", "functions/*/concurrency", "PutFunctionConcurrency"],
  ["DELETE", "functions/*/concurrency", "DeleteFunctionConcurrency"],
  ["GET", "functions/*/code-signing-config", "GetFunctionCodeSigningConfig"],
  ["PUT", "functions/*/code-signing-config", "PutFunctionCodeSigningConfig"],
  ["DELETE", "functions/*/code-signing-config", "DeleteFunctionCodeSigningConfig"],
  ["GET", "functions/*/event-invoke-config", "GetFunctionEventInvokeConfig"],
  ["PUT", "functions/*/event-invoke-config", "PutFunctionEventInvokeConfig"],
  ["DELETE", "functions/*/event-invoke-config", "DeleteFunctionEventInvokeConfig"],
  ["GET", "functions/*/recursion-config", "GetFunctionRecursionConfig"],
  ["PUT", "functions/*/recursion-config", "PutFunctionRecursionConfig"],
  ["GET", "functions/*/runtime-management-config", "GetRuntimeManagementConfig"],
  ["PUT", "functions/*/runtime-management-config", "PutRuntimeManagementConfig"],
  ["GET", "functions/*/url", "GetFunctionUrlConfig"],
  ["POST", "functions/*/url", "CreateFunctionUrlConfig"],
  ["PUT", "functions/*/url", "UpdateFunctionUrlConfig"],
  ["DELETE", "functions/*/url", "DeleteFunctionUrlConfig"],
  ["GET", "event-source-mappings", "ListEventSourceMappings"],
  ["POST", "event-source-mappings", "CreateEventSourceMapping"],
  ["GET", "event-source-mappings/*", "GetEventSourceMapping"],
  ["PUT", "event-source-mappings/*", "UpdateEventSourceMapping"],
  ["DELETE", "event-source-mappings/*", "DeleteEventSourceMapping"],
  ["GET", "tags/*", "ListTags"],
  ["POST", "tags/*", "TagResource"],
  ["DELETE", "tags/*", "UntagResource"],
];

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html */
const ROUTE_53: readonly Route[] = [
  ["GET", "change/*", "GetChange"],
  ["GET", "hostedzone", "ListHostedZones"],
  ["POST", "hostedzone", "CreateHostedZone"],
  ["GET", "hostedzone/*", "GetHostedZone"],
  ["POST", "hostedzone/*", "UpdateHostedZoneComment"],
  ["DELETE", "hostedzone/*", "DeleteHostedZone"],
  ["GET", "hostedzone/*/rrset", "ListResourceRecordSets"],
  ["POST", "hostedzone/*/rrset", "ChangeResourceRecordSets"],
  ["POST", "hostedzone/*/associatevpc", "AssociateVPCWithHostedZone"],
  ["POST", "hostedzone/*/disassociatevpc", "DisassociateVPCFromHostedZone"],
  ["GET", "hostedzone/*/authorizevpcassociation", "ListVPCAssociationAuthorizations"],
  ["POST", "hostedzone/*/authorizevpcassociation", "CreateVPCAssociationAuthorization"],
  ["POST", "hostedzone/*/deauthorizevpcassociation", "DeleteVPCAssociationAuthorization"],
  ["GET", "hostedzone/*/dnssec", "GetDNSSEC"],
  ["GET", "hostedzonecount", "GetHostedZoneCount"],
  ["GET", "hostedzonelimit/*/*", "GetHostedZoneLimit"],
  ["GET", "hostedzonesbyname", "ListHostedZonesByName"],
  ["GET", "hostedzonesbyvpc", "ListHostedZonesByVPC"],
  ["GET", "accountlimit/*", "GetAccountLimit"],
  ["POST", "tags/*", "ListTagsForResources"],
  ["GET", "tags/*/*", "ListTagsForResource"],
  ["POST", "tags/*/*", "ChangeTagsForResource"],
];

/** Source: https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html */
const FILE_SYSTEMS: readonly Route[] = [
  ["GET", "file-systems", "DescribeFileSystems"],
  ["POST", "file-systems", "CreateFileSystem"],
  ["PUT", "file-systems/*", "UpdateFileSystem"],
  ["DELETE", "file-systems/*", "DeleteFileSystem"],
  ["GET", "file-systems/*/policy", "DescribeFileSystemPolicy"],
  ["PUT", "file-systems/*/policy", "PutFileSystemPolicy"],
  ["DELETE", "file-systems/*/policy", "DeleteFileSystemPolicy"],
  ["GET", "file-systems/*/backup-policy", "DescribeBackupPolicy"],
  ["PUT", "file-systems/*/backup-policy", "PutBackupPolicy"],
  ["GET", "file-systems/*/lifecycle-configuration", "DescribeLifecycleConfiguration"],
  ["PUT", "file-systems/*/lifecycle-configuration", "PutLifecycleConfiguration"],
  ["GET", "mount-targets", "DescribeMountTargets"],
  ["POST", "mount-targets", "CreateMountTarget"],
  ["DELETE", "mount-targets/*", "DeleteMountTarget"],
  ["GET", "mount-targets/*/security-groups", "DescribeMountTargetSecurityGroups"],
  ["PUT", "mount-targets/*/security-groups", "ModifyMountTargetSecurityGroups"],
  ["GET", "access-points", "DescribeAccessPoints"],
  ["POST", "access-points", "CreateAccessPoint"],
  ["DELETE", "access-points/*", "DeleteAccessPoint"],
  ["GET", "resource-tags/*", "ListTagsForResource"],
  ["POST", "resource-tags/*", "TagResource"],
  ["DELETE", "resource-tags/*", "UntagResource"],
];

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Route_53_Profiles.html */
const ROUTE_53_PROFILES: readonly Route[] = [
  ["POST", "profile", "CreateProfile"],
  ["GET", "profile/*", "GetProfile"],
  ["DELETE", "profile/*", "DeleteProfile"],
  ["GET", "profiles", "ListProfiles"],
  ["POST", "profileassociation", "AssociateProfile"],
  ["GET", "profileassociation/*", "GetProfileAssociation"],
  ["DELETE", "profileassociation/Profileid/*/resourceid/*", "DisassociateProfile"],
  ["GET", "profileassociations", "ListProfileAssociations"],
  ["POST", "profileresourceassociation", "AssociateResourceToProfile"],
  ["GET", "profileresourceassociation/*", "GetProfileResourceAssociation"],
  ["PATCH", "profileresourceassociation/*", "UpdateProfileResourceAssociation"],
  ["DELETE", "profileresourceassociation/profileid/*/resourcearn/*", "DisassociateResourceFromProfile"],
  ["GET", "profileresourceassociations/profileid/*", "ListProfileResourceAssociations"],
  ["GET", "tags/*", "ListTagsForResource"],
  ["POST", "tags/*", "TagResource"],
  ["DELETE", "tags/*", "UntagResource"],
];

/** Source: https://docs.aws.amazon.com/xray/latest/api/API_Operations.html */
const X_RAY: readonly Route[] = [
  ["POST", "TraceSegments", "PutTraceSegments"],
  ["POST", "TelemetryRecords", "PutTelemetryRecords"],
  ["POST", "Traces", "BatchGetTraces"],
  ["POST", "TraceSummaries", "GetTraceSummaries"],
];

interface CompiledRoute {
  readonly pattern: RegExp;
  readonly action: string;
}

const ROUTES: ReadonlyMap<string, readonly CompiledRoute[]> = new Map([
  ["lambda", compiled(LAMBDA, "\\d{4}-\\d{2}-\\d{2}/")],
  ["route53", compiled(ROUTE_53, "2013-04-01/")],
  ["route53profiles", compiled(ROUTE_53_PROFILES, "")],
  ["elasticfilesystem", compiled(FILE_SYSTEMS, "2015-02-01/")],
  ["xray", compiled(X_RAY, "")],
]);

function compiled(routes: readonly Route[], version: string): readonly CompiledRoute[] {
  return routes.map(([method, path, action]) => ({
    pattern: new RegExp(`^${method} /${version}${path.replaceAll("*", "[^/]+")}$`),
    action,
  }));
}

/**
 * @param operation - `METHOD /path`, without a slash at the end
 * @returns undefined for an unknown operation
 */
export function restAction(service: string, operation: string): string | undefined {
  return ROUTES.get(service)?.find(({ pattern }) => pattern.test(operation))?.action;
}
