import type { Moto, ServiceHandler } from "../server/call";
import type {
  LocalOrganization,
  MayAlso,
  PresignedUrlSink,
  UserPools,
  WebIdentityOf,
} from "../server/data-plane";
import { AcmService, type Certificates } from "./acm/acm-service";
import { ApiGatewayService } from "./api-gateway/api-gateway-service";
import { PrivateDomains } from "./api-gateway/private-domains";
import { CognitoService } from "./cognito/cognito-service";
import { PoolDirectory } from "./cognito/pool-directory";
import { TokenIssuer } from "./cognito/token-issuer";
import { AttachmentRegistry } from "./ec2/attachment-registry";
import { Ec2Service } from "./ec2/ec2-service";
import { WarmedUpEc2 } from "./ec2/warmed-up-ec2";
import { IamService } from "./iam/iam-service";
import { KmsService } from "./kms/kms-service";
import { LambdaService } from "./lambda/lambda-service";
import { LogsService } from "./logs/logs-service";
import { RamService } from "./ram/ram-service";
import { ShareRegistry } from "./ram/share-registry";
import { Route53Service } from "./route53/route53-service";
import { Route53WithoutChangeInfo } from "./route53/route53-without-change-info";
import { ZoneRegistry } from "./route53/zone-registry";
import { ProfileStore } from "./route53profiles/profile-store";
import { ProfilesService } from "./route53profiles/profiles-service";
import { ResolverService } from "./route53resolver/resolver-service";
import { ResolverStore } from "./route53resolver/resolver-store";
import { S3Service } from "./s3/s3-service";
import { SageMakerService } from "./sagemaker/sagemaker-service";
import { StudioStore } from "./sagemaker/studio-store";
import { ServiceQuotasService } from "./service-quotas/service-quotas-service";
import { SsmService } from "./ssm/ssm-service";
import { SessionRegistry } from "./sts/session-registry";
import { StsService } from "./sts/sts-service";

/** State that the local AWS holds in addition to moto. */
export interface LocalState {
  readonly shares: ShareRegistry;
  readonly domains: PrivateDomains;
  readonly attachments: AttachmentRegistry;
  readonly zones: ZoneRegistry;
  readonly profiles: ProfileStore;
  readonly resolver: ResolverStore;
  readonly studio: StudioStore;
  readonly sessions: SessionRegistry;
}

/** The services that moto does not answer alone, with their state. */
export interface ControlPlane {
  /** By signing name. */
  readonly handlers: ReadonlyMap<string, ServiceHandler>;
  readonly state: LocalState;
  readonly userPools: UserPools;
}

/** Options of the control plane. */
export interface ControlPlaneOptions {
  readonly presignedUrls: PresignedUrlSink;
  /** The organization of all accounts; undefined when they are in none. */
  readonly organization: LocalOrganization | undefined;
  /** Whether Route 53 answers without a ChangeInfo, which AWS never does, so that clients do not wait for its changes. */
  readonly settledRoute53: boolean;
  /** Verifies the tokens that are exchanged for sessions. */
  readonly webIdentityOf: WebIdentityOf;
  readonly mayAlso: MayAlso;
  readonly certificates: Certificates;
}

export function createControlPlane(
  moto: Moto,
  { presignedUrls, organization, settledRoute53, webIdentityOf, mayAlso, certificates }: ControlPlaneOptions,
): ControlPlane {
  const shares = new ShareRegistry();
  const state: LocalState = {
    shares,
    domains: new PrivateDomains(),
    attachments: new AttachmentRegistry(),
    zones: new ZoneRegistry(),
    profiles: new ProfileStore(shares),
    resolver: new ResolverStore(),
    studio: new StudioStore(),
    sessions: new SessionRegistry(),
  };
  const userPools = { directory: new PoolDirectory(), tokens: new TokenIssuer() };
  const route53 = new Route53Service(moto, state.zones);
  const handlers = new Map<string, ServiceHandler>([
    ["acm", new AcmService(certificates)],
    ["apigateway", new ApiGatewayService(moto, { domains: state.domains, certificates })],
    ["cognito-idp", new CognitoService(moto, userPools)],
    [
      "ec2",
      new WarmedUpEc2(moto, new Ec2Service({ moto, shared: state.shares, attachments: state.attachments })),
    ],
    ["iam", new IamService(moto)],
    ["kms", new KmsService(moto)],
    ["lambda", new LambdaService(moto, mayAlso)],
    ["logs", new LogsService(moto)],
    ["ram", new RamService(state.shares, { inOrganization: organization !== undefined })],
    ["route53", settledRoute53 ? new Route53WithoutChangeInfo(route53) : route53],
    ["route53profiles", new ProfilesService(moto, state.profiles, state.zones)],
    ["route53resolver", new ResolverService(moto, state.resolver)],
    ["s3", new S3Service(moto)],
    ["sagemaker", new SageMakerService(moto, state.studio, presignedUrls)],
    ["servicequotas", new ServiceQuotasService()],
    ["ssm", new SsmService(moto)],
    ["sts", new StsService({ moto, sessions: state.sessions, webIdentityOf })],
  ]);
  return { handlers, state, userPools };
}
