import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { targetJsonReply } from "../../server/protocol";
import { DEFAULT_QUOTAS } from "./default-quotas";

interface QuotaRequest {
  readonly ServiceCode?: string;
  readonly QuotaCode?: string;
}

/**
 * Service Quotas: AWS's default values, in every account. Nothing is enforced, and nothing can be raised.
 *
 * Source: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
export class ServiceQuotasService implements ServiceHandler {
  handle(call: AwsCall): Promise<Reply> {
    return Promise.resolve(answer(call));
  }
}

function answer({ service, operation, body, region, account }: AwsCall): Reply {
  if (operation !== "GetServiceQuota" && operation !== "GetAWSDefaultServiceQuota")
    throw notImplemented(service, operation, "only single quotas are read");
  const { ServiceCode, QuotaCode } = JSON.parse(body.toString()) as QuotaRequest;
  const quota = DEFAULT_QUOTAS.find(
    (known) => known.ServiceCode === ServiceCode && known.QuotaCode === QuotaCode,
  );
  if (quota === undefined)
    throw new AwsError("NoSuchResourceException", "The request failed because the quota does not exist.");
  // A default value belongs to no account.
  const owner = operation === "GetServiceQuota" ? account : "";
  const QuotaArn = `arn:aws:servicequotas:${region}:${owner}:${quota.ServiceCode}/${quota.QuotaCode}`;
  return targetJsonReply({ Quota: { ...quota, QuotaArn, Unit: "None", GlobalQuota: false } });
}
