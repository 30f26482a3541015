import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { targetJsonReply } from "../../server/protocol";
import type { Place } from "../vpc-lookup";

/** Certificates that the accounts had before anything was deployed: the name that each covers, by ARN. */
export type Certificates = Readonly<Record<string, string>>;

/** A certificate as AWS describes it. */
export interface Certificate {
  readonly CertificateArn: string;
  readonly DomainName: string;
  readonly SubjectAlternativeNames: readonly string[];
  readonly Status: string;
  /** Seconds since the epoch. */
  readonly NotBefore: number;
  readonly NotAfter: number;
}

const DAY_SECONDS = 24 * 60 * 60;

/** The certificate, if it is one of this account and region: issued, and good for a year. */
export function certificateOf(
  certificates: Certificates,
  { account, region }: Place,
  arn: string,
): Certificate | undefined {
  const name = certificates[arn];
  if (name === undefined || !arn.startsWith(`arn:aws:acm:${region}:${account}:`)) return undefined;
  const now = Math.floor(Date.now() / 1000);
  return {
    CertificateArn: arn,
    DomainName: name,
    SubjectAlternativeNames: [name],
    Status: "ISSUED",
    NotBefore: now - DAY_SECONDS,
    NotAfter: now + 365 * DAY_SECONDS,
  };
}

/**
 * AWS Certificate Manager, as far as it is asked about certificates: nothing of ours makes one.
 *
 * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html
 */
export class AcmService implements ServiceHandler {
  readonly #certificates: Certificates;

  constructor(certificates: Certificates) {
    this.#certificates = certificates;
  }

  handle(call: AwsCall): Promise<Reply> {
    if (call.operation !== "DescribeCertificate")
      throw notImplemented(call.service, call.operation, "certificates are only described");
    const { CertificateArn: arn = "" } = JSON.parse(call.body.toString()) as {
      readonly CertificateArn?: string;
    };
    const found = certificateOf(this.#certificates, call, arn);
    if (found === undefined)
      throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
    return Promise.resolve(targetJsonReply({ Certificate: found }));
  }
}
