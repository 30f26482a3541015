import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";

import type { AccountClientSettings } from "../../environment/account-client";
import type { Facts } from "../facts";
import { fail, ok, warn, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";

const CHECK = "certificate of the API's name";
const DAY_MS = 24 * 60 * 60 * 1000;
/** AWS renews its own certificates 60 days before their end at the latest. */
const SOON_DAYS = 30;

/** A certificate as ACM has it. */
export interface Certificate {
  /** Names that it is for, `*.example.com` among them. */
  readonly names: readonly string[];
  /** ACM's status, such as `ISSUED` or `PENDING_VALIDATION`. */
  readonly status: string;
  readonly notAfter: Date | undefined;
}

/** Whether one of a certificate's names is the name: a `*` stands for exactly its first label. */
function covers({ names }: Certificate, name: string): boolean {
  const wild = name.replace(/^[^.]+/, "*");
  return names.some((each) => [name, wild].includes(each.toLowerCase()));
}

function certificateFinding(
  check: string,
  name: string,
  certificate: Certificate | undefined,
  now: number,
): Finding {
  const other = "write the ARN of one for this name, in this region and the shared-services account";
  if (certificate === undefined) return fail(check, "ACM has no certificate with that ARN", other);
  const { names, status, notAfter } = certificate;
  if (!covers(certificate, name)) return fail(check, `it is for ${names.join(", ")}, not for ${name}`, other);
  if (status !== "ISSUED")
    return fail(
      check,
      `its status is ${status}`,
      "finish its validation, or write the ARN of one that is issued",
    );
  const days = notAfter === undefined ? Infinity : Math.floor((notAfter.getTime() - now) / DAY_MS);
  const end = notAfter?.toISOString().slice(0, 10) ?? "no date";
  if (days < 0) return fail(check, `it ended on ${end}`, "renew it");
  if (days < SOON_DAYS)
    return warn(check, `it ends on ${end}`, "renew it: browsers refuse the name from then on");
  return ok(check, `issued for ${name}, until ${end}`);
}

async function readCertificate(
  settings: AccountClientSettings,
  arn: string,
): Promise<Certificate | undefined> {
  try {
    const command = new DescribeCertificateCommand({ CertificateArn: arn });
    const { Certificate: found } = await new ACMClient(settings).send(command);
    const { DomainName = "", SubjectAlternativeNames = [], Status = "unknown", NotAfter } = found ?? {};
    return {
      names: [...new Set([DomainName, ...SubjectAlternativeNames])],
      status: Status,
      notAfter: NotAfter,
    };
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** `access.domain`: API Gateway takes an issued certificate for the name alone. Finds nothing where the config has no name. */
export function certificateCheck(facts: Facts, read = readCertificate, now = Date.now): Check {
  return {
    name: CHECK,
    find: () =>
      perAccount(
        CHECK,
        facts,
        async ({ config: { domain }, settings, check }) =>
          domain === undefined
            ? []
            : [certificateFinding(check, domain.name, await read(settings, domain.certificateArn), now())],
        ({ domain, sharedServices }) => (domain === undefined ? [] : [sharedServices]),
      ),
  };
}
