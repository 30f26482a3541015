import { fakeFacts, inShort, resource, synthesized } from "../testing/fake-facts";
import { known, unknown } from "../finding";
import {
  endpointServicesCheck,
  neededServices,
  serviceFindings,
  type OfferedService,
} from "./endpoint-services";
import type { Zone } from "./zones";

const STS = "com.amazonaws.eu-west-1.sts";
const STUDIO = "aws.sagemaker.eu-west-1.studio";
const S3 = "com.amazonaws.eu-west-1.s3";

const ZONES: readonly Zone[] = [
  { id: "euw1-az1", name: "eu-west-1b", state: "available" },
  { id: "euw1-az2", name: "eu-west-1c", state: "available" },
  { id: "euw1-az3", name: "eu-west-1a", state: "available" },
];

function endpoint(service: string, type: string): ReturnType<typeof resource> {
  return resource("aws_vpc_endpoint", { service_name: service, vpc_endpoint_type: type });
}

const STACKS = synthesized(
  endpoint(STS, "Interface"),
  endpoint(STUDIO, "Interface"),
  endpoint(S3, "Gateway"),
  endpoint(S3, "Gateway"),
);

function offered(...names: readonly string[]): readonly OfferedService[] {
  return names.map((name) => ({ name, zoneNames: ["eu-west-1b", "eu-west-1c"] }));
}

function findings(
  services: readonly OfferedService[],
  zoneIds = ["euw1-az1", "euw1-az2"],
): ReturnType<typeof serviceFindings> {
  const needed = neededServices(STACKS);
  return serviceFindings("services", {
    needed,
    offered: services,
    zoneIds,
    zones: ZONES,
    region: "eu-west-1",
  });
}

describe("endpoint services", () => {
  it("are those of the synthesized endpoints, each once", () => {
    expect(neededServices(STACKS)).toEqual([
      { name: STUDIO, isInterface: true },
      { name: S3, isInterface: false },
      { name: STS, isInterface: true },
    ]);
  });

  it("are counted when all of them are offered", () => {
    expect(findings(offered(STS, STUDIO, S3))).toEqual([
      { check: "services", result: "ok", detail: "all 3 are offered, in euw1-az1 and euw1-az2" },
    ]);
  });

  it("fail one by one when the region does not offer them", () => {
    expect(findings(offered(S3))).toMatchObject([
      {
        result: "fail",
        detail: `eu-west-1 does not offer ${STUDIO}`,
        remedy: expect.stringContaining("additionalEndpoints") as unknown,
      },
      { result: "fail", detail: `eu-west-1 does not offer ${STS}` },
    ]);
  });

  it("fail when a zone does not offer them, with the zones that do; a gateway endpoint has no zone", () => {
    const inOneZone = (name: string): OfferedService => ({ name, zoneNames: ["eu-west-1b", "eu-west-1a"] });
    expect(findings([...offered(STS), inOneZone(STUDIO), inOneZone(S3)])).toEqual([
      {
        check: "services",
        result: "fail",
        detail: `${STUDIO} is not offered in euw1-az2`,
        remedy: "choose availabilityZoneIds among euw1-az1, euw1-az3",
      },
    ]);
  });

  it("ignore a zone that the account does not have, which another check reports", () => {
    expect(findings(offered(STS, STUDIO, S3), ["euw1-az1", "euw1-az9"])).toMatchObject([
      { result: "ok", detail: "all 3 are offered, in euw1-az1" },
    ]);
  });

  it("are read in the shared-services account, where the endpoints are", async () => {
    const facts = fakeFacts({ synthesized: known(STACKS), closed: ["lob-a", "lob-b"] });
    const check = endpointServicesCheck(
      facts,
      () => Promise.resolve(offered(STS, STUDIO, S3)),
      () => Promise.resolve(ZONES),
    );
    expect(inShort(await check.find())).toEqual(["ok endpoint services (shared-services)"]);
  });

  it("are not checked when the stacks, which name them, do not synthesize", async () => {
    const facts = fakeFacts({ synthesized: unknown("the stacks do not synthesize") });
    expect(inShort(await endpointServicesCheck(facts).find())).toEqual(["warn endpoint services"]);
  });
});
