import type { DnsFirewallFact } from "@studio-access/network";

import type { PrivateDomains } from "../services/api-gateway/private-domains";
import type { ProfileStore } from "../services/route53profiles/profile-store";
import type { PoolDirectory } from "../services/cognito/pool-directory";
import type { TokenIssuer } from "../services/cognito/token-issuer";
import type { AwsCall, EndpointPath, Moto, Reply } from "./call";
import type { HttpRequest } from "./parse-call";

/** Answers requests that are not signed calls to a control plane: those to execute-api, to Studio's URLs and to Cognito's hosted sign-in. */
export interface HttpMount {
  matches(request: Pick<HttpRequest, "method" | "url" | "headers">): boolean;
  /** `endpoint` when the request came through a VPC endpoint. */
  handle(request: HttpRequest, endpoint?: EndpointPath): Promise<Reply>;
}

/** Is told of every successful call before its reply is sent, so that its state is up to date for the caller's next call. */
export type CallObserver = (call: AwsCall, reply: Reply) => void | Promise<void>;

/**
 * Is called before the call's service. It answers the call, throws an AwsError, or returns undefined to let the call pass.
 * The data plane answers Lambda's Invoke this way, and enforces IAM.
 */
export type CallInterceptor = (call: AwsCall) => Promise<Reply | undefined>;

/**
 * Whether the caller may take a further action, on which the answer to the call depends: AWS leaves out of some answers what
 * the caller may not read.
 */
export type MayAlso = (call: AwsCall, action: string) => Promise<boolean>;

/** A presigned Studio URL as it was created. */
export interface PresignedUrlRecord {
  /** The opaque token in the URL: a bearer secret. */
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
  /** Access key of the caller, whose policies are evaluated again on every request of the session. */
  readonly accessKeyId: string | undefined;
  /** The endpoint that the call came through. */
  readonly endpoint: EndpointPath | undefined;
}

/** Receives the URLs that CreatePresignedDomainUrl creates. */
export interface PresignedUrlSink {
  issued(record: PresignedUrlRecord): void;
}

/** Condition keys that follow from a token, by name. */
export type ClaimKeys = Readonly<Record<string, string | readonly string[]>>;

/** The identity in a verified token of an identity provider. The token itself is not kept. */
export interface WebIdentity {
  /** ARN of the IAM OpenID Connect provider in the role's account. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** Claims that AWS knows as condition keys, `ISSUER:sub` and others, while the role is being assumed. */
  readonly claims: ClaimKeys;
  /** The condition keys that every request of the session has. */
  readonly sessionKeys: ClaimKeys;
}

/**
 * Verifies the token of an AssumeRoleWithWebIdentity, once per call.
 *
 * @throws {AwsError} `InvalidIdentityToken`, `ExpiredTokenException`, or `ValidationError` for a malformed request
 */
export type WebIdentityOf = (call: AwsCall) => Promise<WebIdentity>;

/** The session parameters of an AssumeRole call, which moto does not keep. */
export interface AssumedSession {
  readonly accessKeyId: string;
  /** Account of the role. */
  readonly account: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | undefined;
  /** Session tags, including the transitive tags of the calling session. */
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
  /** Condition keys of every request of the session; only sessions of an identity provider's token have any. */
  readonly sessionKeys?: ClaimKeys;
}

/** Sessions made by AssumeRole and AssumeRoleWithWebIdentity, by their access key. */
export interface Sessions {
  get(accessKeyId: string): AssumedSession | undefined;
}

/** The tags of a Studio domain or of a resource in one, by ARN; none for a resource that does not exist. */
export type ResourceTags = (arn: string) => ReadonlyMap<string, string>;

/** The DNS firewalls of an account's VPCs in a region. */
export type DnsFirewalls = (account: string, region: string) => readonly DnsFirewallFact[];

/** The user pools of Cognito, and who signs their tokens. */
export interface UserPools {
  readonly directory: PoolDirectory;
  readonly tokens: TokenIssuer;
}

/** The AWS Organization that every account of a local AWS is in. */
export interface LocalOrganization {
  /** `o-…` */
  readonly id: string;
}

/** The parts of the control plane that the data plane uses. */
export interface DataPlaneParts {
  readonly moto: Moto;
  readonly sessions: Sessions;
  readonly webIdentityOf: WebIdentityOf;
  readonly studioTags: ResourceTags;
  readonly dnsFirewalls: DnsFirewalls;
  readonly privateDomains: PrivateDomains;
  readonly zoneProfiles: Pick<ProfileStore, "vpcsWith">;
  readonly userPools: UserPools;
  /** Undefined when the accounts are in none. */
  readonly organization: LocalOrganization | undefined;
  /** Sends a request to the request router, as if from the network; `endpoint` when it came through a VPC endpoint. */
  readonly dispatch: (request: HttpRequest, endpoint?: EndpointPath) => Promise<Reply>;
}

/** The parts that the data plane adds to the control plane. */
export interface DataPlane {
  readonly mounts?: readonly HttpMount[];
  readonly interceptors?: readonly CallInterceptor[];
  readonly observers?: readonly CallObserver[];
  readonly presignedUrls?: PresignedUrlSink;
  /** Without it every caller may. */
  readonly mayAlso?: MayAlso;
  stop?(): Promise<void>;
}
