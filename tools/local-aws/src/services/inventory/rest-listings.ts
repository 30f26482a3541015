import { childrenOf, descendant, parseXml, textAt, type XmlElement } from "../../server/xml";
import type { Place } from "../vpc-lookup";
import { idsIn, type Listing, type ListingMoto } from "./listing";

interface JsonPath {
  readonly label: string;
  readonly path: string;
  readonly field: string;
  readonly id: string;
}

const JSON_PATHS: readonly JsonPath[] = [
  { label: "apigateway rest-api", path: "/restapis", field: "item", id: "id" },
  { label: "apigateway domain-name", path: "/domainnames", field: "item", id: "domainName" },
  { label: "apigateway usage-plan", path: "/usageplans", field: "item", id: "id" },
  { label: "apigateway vpc-link", path: "/vpclinks", field: "item", id: "id" },
  {
    label: "elasticfilesystem file-system",
    path: "/2015-02-01/file-systems",
    field: "FileSystems",
    id: "FileSystemId",
  },
  {
    label: "lambda event-source",
    path: "/2015-03-31/event-source-mappings/",
    field: "EventSourceMappings",
    id: "UUID",
  },
  { label: "lambda function", path: "/2015-03-31/functions/", field: "Functions", id: "FunctionName" },
];

const HOSTED_ZONES: Listing = {
  label: "route53 hosted-zone",
  isGlobal: true,
  async list(moto, place) {
    const zones = await xmlItems(moto, "route53", place, "/2013-04-01/hostedzone", "HostedZones");
    return zones.map((zone) => textAt(zone, "Id") ?? "");
  },
};

const BUCKETS: Listing = {
  label: "s3 bucket",
  isGlobal: true,
  async list(moto, place) {
    const buckets = await xmlItems(moto, "s3", place, "/", "Buckets");
    return buckets.map((bucket) => textAt(bucket, "Name") ?? "");
  },
};

/** REST services. */
export const REST_LISTINGS: readonly Listing[] = [
  ...JSON_PATHS.map(({ label, path, field, id }): Listing => ({
    label,
    async list(moto, place) {
      const service = label.split(" ")[0] ?? label;
      return idsIn(JSON.parse(await get(moto, service, place, path)), field, id);
    },
  })),
  HOSTED_ZONES,
  BUCKETS,
];

async function xmlItems(
  moto: ListingMoto,
  service: string,
  place: Place,
  path: string,
  list: string,
): Promise<XmlElement[]> {
  const items = descendant(parseXml(await get(moto, service, place, path)), list);
  return items ? childrenOf(items) : [];
}

async function get(
  moto: ListingMoto,
  service: string,
  { account, region }: Place,
  path: string,
): Promise<string> {
  const reply = await moto.rest(service, account, region, "GET", path);
  if (reply.status >= 300)
    throw new Error(`moto answered GET ${path} of ${service} with HTTP ${reply.status}`);
  return reply.body.toString();
}
