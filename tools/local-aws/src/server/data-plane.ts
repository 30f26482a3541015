import type { AwsCall, EndpointPath, Moto, Reply } from "./call";
import type { HttpRequest } from "./parse-call";

/** Traffic that is not a signed call to a control plane: execute-api, Studio's URLs. */
export interface HttpMount {
  matches(request: Pick<HttpRequest, "method" | "url" | "headers">): boolean;
  /** `endpoint` when the request came through a VPC endpoint. */
  handle(request: HttpRequest, endpoint?: EndpointPath): Promise<Reply>;
}

/** Sees every call that succeeded, before its answer is sent: what it keeps is there for the caller's next call. */
export type CallObserver = (call: AwsCall, reply: Reply) => void | Promise<void>;

/**
 * Looks at a call before its service does. Answers it, or throws an AwsError, or returns undefined to let it pass.
 * The data plane answers Lambda's Invoke this way, and enforces IAM.
 */
export type CallInterceptor = (call: AwsCall) => Promise<Reply | undefined>;

/** A presigned Studio URL, at the moment that it was made. */
export interface PresignedUrlRecord {
  /** Opaque; what Studio is shown. A bearer secret. */
  readonly token: string;
  readonly account: string;
  readonly region: string;
  readonly domainId: string;
  readonly userProfileName: string;
  readonly expiresAt: Date;
  /** Seconds that a session opened with it lasts. */
  readonly sessionSeconds: number;
  readonly landingUri: string | undefined;
  readonly spaceName: string | undefined;
  /** Access key of the caller: its role's policies are enforced again on every request of the session. */
  readonly accessKeyId: string | undefined;
  /** How the call that made it came in. */
  readonly endpoint: EndpointPath | undefined;
}

/** Where CreatePresignedDomainUrl hands what it made. */
export interface PresignedUrlSink {
  issued(record: PresignedUrlRecord): void;
}

/** Condition keys that follow from a token, by name. */
export type ClaimKeys = Readonly<Record<string, string | readonly string[]>>;

/** Whom an identity provider's token vouches for. The token is verified; nothing of it that could be used again is kept. */
export interface WebIdentity {
  /** ARN of the role's account's IAM OpenID Connect provider. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** Claims that AWS knows as condition keys, `ISSUER:sub` and others, while the role is being assumed. */
  readonly claims: ClaimKeys;
  /** Those keys that are known of every request of the session. */
  readonly sessionKeys: ClaimKeys;
}

/**
 * Verifies the token of an AssumeRoleWithWebIdentity, once per call.
 *
 * @throws {AwsError} `InvalidIdentityToken`, `ExpiredTokenException`, or `ValidationError` for a malformed request
 */
export type WebIdentityOf = (call: AwsCall) => Promise<WebIdentity>;

/** What an AssumeRole said of its session, which moto forgets. */
export interface AssumedSession {
  readonly accessKeyId: string;
  /** Account of the role. */
  readonly account: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | undefined;
  /** Session tags, those passed on by the calling session included. */
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveTagKeys: readonly string[];
  /** Session policy, as JSON text. */
  readonly policy: string | undefined;
  /** ARNs of managed policies used as session policies. */
  readonly policyArns: readonly string[];
  /** Access key and account of the caller of AssumeRole. */
  readonly callerAccessKeyId: string | undefined;
  readonly callerAccount: string;
  readonly expiresAt: Date;
  /** Condition keys of every request of the session; none unless an identity provider vouched for its maker. */
  readonly sessionKeys?: ClaimKeys;
}

/** Sessions made by AssumeRole and AssumeRoleWithWebIdentity, by their access key. */
export interface Sessions {
  get(accessKeyId: string): AssumedSession | undefined;
}

/** The tags of a Studio domain, or of something in one, by ARN; none for what does not exist. */
export type ResourceTags = (arn: string) => ReadonlyMap<string, string>;

/** The AWS Organization that every account of a local AWS is in. */
export interface LocalOrganization {
  /** `o-…` */
  readonly id: string;
}

/** What the control plane offers to the data plane. */
export interface DataPlaneParts {
  readonly moto: Moto;
  readonly sessions: Sessions;
  readonly webIdentityOf: WebIdentityOf;
  readonly studioTags: ResourceTags;
  /** Undefined when the accounts are in none. */
  readonly organization: LocalOrganization | undefined;
  /** Sends a request through the front door, as if from the network; `endpoint` when it came through one. */
  readonly dispatch: (request: HttpRequest, endpoint?: EndpointPath) => Promise<Reply>;
}

/** What the data plane adds to the control plane. */
export interface DataPlane {
  readonly mounts?: readonly HttpMount[];
  readonly interceptors?: readonly CallInterceptor[];
  readonly observers?: readonly CallObserver[];
  readonly presignedUrls?: PresignedUrlSink;
  stop?(): Promise<void>;
}
