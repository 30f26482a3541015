/** The actions of a setting: `Get…`, `Put…` and, where there is one, `Delete…`. */
interface Setting {
  readonly name: string;
  /** Deleting the other settings needs the `Put…` action. */
  readonly ownDelete?: true;
}

/** Settings of a bucket, by their query parameter. */
const OF_BUCKET: Readonly<Record<string, Setting>> = {
  abac: { name: "BucketAbac" },
  accelerate: { name: "AccelerateConfiguration" },
  acl: { name: "BucketAcl" },
  analytics: { name: "AnalyticsConfiguration" },
  cors: { name: "BucketCORS" },
  encryption: { name: "EncryptionConfiguration" },
  "intelligent-tiering": { name: "IntelligentTieringConfiguration" },
  inventory: { name: "InventoryConfiguration" },
  lifecycle: { name: "LifecycleConfiguration" },
  location: { name: "BucketLocation" },
  logging: { name: "BucketLogging" },
  metrics: { name: "MetricsConfiguration" },
  notification: { name: "BucketNotification" },
  "object-lock": { name: "BucketObjectLockConfiguration" },
  ownershipControls: { name: "BucketOwnershipControls" },
  policy: { name: "BucketPolicy", ownDelete: true },
  policyStatus: { name: "BucketPolicyStatus" },
  publicAccessBlock: { name: "BucketPublicAccessBlock" },
  replication: { name: "ReplicationConfiguration" },
  requestPayment: { name: "BucketRequestPayment" },
  tagging: { name: "BucketTagging" },
  versioning: { name: "BucketVersioning" },
  website: { name: "BucketWebsite", ownDelete: true },
};

/** Settings of an object, by their query parameter; some have separate actions for object versions. */
const OF_OBJECT: Readonly<Record<string, Setting & { readonly ofVersion?: string }>> = {
  acl: { name: "ObjectAcl", ofVersion: "ObjectVersionAcl" },
  attributes: { name: "ObjectAttributes", ofVersion: "ObjectVersionAttributes" },
  "legal-hold": { name: "ObjectLegalHold" },
  retention: { name: "ObjectRetention" },
  tagging: { name: "ObjectTagging", ofVersion: "ObjectVersionTagging", ownDelete: true },
};

/** Query parameters that do not affect which action a call needs. */
const PLAIN =
  /^(?:x-id|X-Amz-.+|list-type|prefix|delimiter|max-[a-z]+|marker|continuation-token|start-after|encoding-type|fetch-owner|key-marker|version-id-marker|upload-id-marker|bucket-region|id|partNumber|response-.+)$/i;

/** Lists of a bucket other than the list of its objects. */
const LISTS: Readonly<Record<string, string>> = {
  versions: "ListBucketVersions",
  uploads: "ListBucketMultipartUploads",
};

/**
 * The action of a path-style call to S3: the path names a bucket or an object, the query one of its settings.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 *
 * @returns undefined for an unknown operation
 */
export function s3Action(method: string, path: string, query: URLSearchParams): string | undefined {
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const asked = [...query.keys()].filter((name) => !PLAIN.test(name));
  if (bucket === "") return method === "GET" && asked.length === 0 ? "ListAllMyBuckets" : undefined;
  return key === "" ? bucketAction(method, asked) : objectAction(method, asked);
}

function bucketAction(method: string, [asked, ...more]: readonly string[]): string | undefined {
  if (more.length > 0) return undefined;
  if (asked === undefined) return OF_WHOLE_BUCKET[method];
  if (asked === "delete") return method === "POST" ? "DeleteObject" : undefined;
  if (asked in LISTS) return method === "GET" ? LISTS[asked] : undefined;
  return settingAction(method, OF_BUCKET[asked]);
}

const OF_WHOLE_BUCKET: Readonly<Record<string, string>> = {
  GET: "ListBucket",
  HEAD: "ListBucket",
  PUT: "CreateBucket",
  DELETE: "DeleteBucket",
};

const OF_WHOLE_OBJECT: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

const OF_VERSION: Readonly<Record<string, string>> = {
  GET: "GetObjectVersion",
  HEAD: "GetObjectVersion",
  DELETE: "DeleteObjectVersion",
};

const OF_UPLOAD: Readonly<Record<string, string>> = {
  GET: "ListMultipartUploadParts",
  PUT: "PutObject",
  POST: "PutObject",
  DELETE: "AbortMultipartUpload",
};

function objectAction(method: string, asked: readonly string[]): string | undefined {
  const ofVersion = asked.includes("versionId");
  const [what, ...more] = asked.filter((name) => name !== "versionId");
  if (more.length > 0) return undefined;
  if (what === undefined) return (ofVersion ? OF_VERSION : OF_WHOLE_OBJECT)[method];
  if (what === "uploads" || what === "uploadId") return OF_UPLOAD[method];
  if (what === "restore") return method === "POST" ? "RestoreObject" : undefined;
  const setting = OF_OBJECT[what];
  const name = ofVersion ? (setting?.ofVersion ?? setting?.name) : setting?.name;
  return settingAction(method, setting && name !== undefined ? { ...setting, name } : undefined);
}

function settingAction(method: string, setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined;
  switch (method) {
    case "GET":
    case "HEAD":
      return `Get${setting.name}`;
    case "PUT":
      return `Put${setting.name}`;
    case "DELETE":
      return `${setting.ownDelete ? "Delete" : "Put"}${setting.name}`;
    default:
      return undefined;
  }
}
