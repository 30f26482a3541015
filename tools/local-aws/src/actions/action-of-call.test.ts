import { actionOf } from "./action-of-call";

function ask(service: string, operation: string): string | undefined {
  const [call = "", query = ""] = operation.split("?");
  return actionOf({ service, operation: call, query: new URLSearchParams(query) });
}

describe("the action of a call", () => {
  it.each([
    ["ec2", "DescribeVpcs", "ec2:DescribeVpcs"],
    ["sts", "GetCallerIdentity", "sts:GetCallerIdentity"],
    ["monitoring", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"],
    [
      "monitoring",
      "POST /service/GraniteServiceVersion20100801/operation/DescribeAlarms",
      "cloudwatch:DescribeAlarms",
    ],
    ["tagging", "GetResources", "tag:GetResources"],
    ["apigateway", "PATCH /restapis/a1b2c3d4e5/stages/studio", "apigateway:PATCH"],
    ["ram", "POST /createresourceshare", "ram:CreateResourceShare"],
    ["ram", "DELETE /deleteresourceshare", "ram:DeleteResourceShare"],
    ["lambda", "GET /2015-03-31/functions/door", "lambda:GetFunction"],
    ["lambda", "POST /2015-03-31/functions/door/invocations", "lambda:InvokeFunction"],
    ["lambda", "DELETE /2015-03-31/functions/door/policy/PrivateApi", "lambda:RemovePermission"],
    ["lambda", "GET /2020-06-30/functions/door/code-signing-config", "lambda:GetFunctionCodeSigningConfig"],
    ["lambda", "GET /2017-03-31/tags/arn%3Aaws%3Alambda", "lambda:ListTags"],
    ["route53", "GET /2013-04-01/hostedzone/Z1", "route53:GetHostedZone"],
    ["route53", "POST /2013-04-01/hostedzone/Z1/rrset/", "route53:ChangeResourceRecordSets"],
    ["route53", "POST /2013-04-01/tags/hostedzone/Z1", "route53:ChangeTagsForResource"],
    ["route53", "GET /2013-04-01/hostedzonesbyvpc", "route53:ListHostedZonesByVPC"],
    ["route53profiles", "POST /profileassociation", "route53profiles:AssociateProfile"],
    [
      "route53profiles",
      "DELETE /profileresourceassociation/profileid/rp-1/resourcearn/arn%3Aaws%3Aroute53%3A%3A%3Ahostedzone%2FZ1",
      "route53profiles:DisassociateResourceFromProfile",
    ],
    ["elasticfilesystem", "GET /2015-02-01/file-systems", "elasticfilesystem:DescribeFileSystems"],
    ["elasticfilesystem", "DELETE /2015-02-01/mount-targets/fsmt-1", "elasticfilesystem:DeleteMountTarget"],
    ["xray", "POST /TraceSegments", "xray:PutTraceSegments"],
  ])("of %s %s is %s", (service, operation, action) => {
    expect(ask(service, operation)).toBe(action);
  });

  it.each([
    ["GET /", "s3:ListAllMyBuckets"],
    ["GET /state?list-type=2&prefix=env%3A%2F&delimiter=", "s3:ListBucket"],
    ["HEAD /state", "s3:ListBucket"],
    ["PUT /state", "s3:CreateBucket"],
    ["DELETE /state/", "s3:DeleteBucket"],
    ["GET /state?policy", "s3:GetBucketPolicy"],
    ["DELETE /state?policy=", "s3:DeleteBucketPolicy"],
    ["GET /state?encryption=", "s3:GetEncryptionConfiguration"],
    ["DELETE /state?lifecycle=", "s3:PutLifecycleConfiguration"],
    ["PUT /state?publicAccessBlock=", "s3:PutBucketPublicAccessBlock"],
    ["GET /state?versions=", "s3:ListBucketVersions"],
    ["POST /state?delete=", "s3:DeleteObject"],
    ["HEAD /state/a/b.tfstate", "s3:GetObject"],
    ["GET /state/a/b.tfstate?x-id=GetObject", "s3:GetObject"],
    ["GET /state/a/b.tfstate?versionId=1", "s3:GetObjectVersion"],
    ["PUT /state/a/b.tfstate", "s3:PutObject"],
    ["PUT /state/a/b.tfstate?partNumber=1&uploadId=u", "s3:PutObject"],
    ["DELETE /state/a/b.tfstate?uploadId=u", "s3:AbortMultipartUpload"],
    ["DELETE /state/a/b.tfstate?tagging=", "s3:DeleteObjectTagging"],
    ["GET /state/a?acl=&versionId=1", "s3:GetObjectVersionAcl"],
  ])("of S3's %s is %s", (operation, action) => {
    expect(ask("s3", operation)).toBe(action);
  });

  it.each([
    ["ec2", "FlyToTheMoon"],
    ["lambda", "GET /2015-03-31/moons/1"],
    ["s3", "GET /state?moon="],
    ["s3", "PUT /state?versions="],
    ["s3", "GET /state?policy=&acl="],
    ["apigateway", "HEAD /restapis"],
    ["moon", "Describe"],
    // A request can hold an Action parameter that differs from its path.
    ["s3", "ListAllMyBuckets"],
    ["apigateway", "GET"],
  ])("is undefined for %s %s", (service, operation) => {
    expect(ask(service, operation)).toBeUndefined();
  });

  it("is that of listing the bucket where the query is not known", () => {
    expect(actionOf({ service: "s3", operation: "GET /state" })).toBe("s3:ListBucket");
  });
});
