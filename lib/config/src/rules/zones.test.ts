import { describeRules } from "../testing/sample";
import { zonePrefix } from "./zones";

describe("zonePrefix", () => {
  // One of each form, and all that a simpler rule would get wrong.
  it.each([
    ["us-east-1", "use1"],
    ["us-west-2", "usw2"],
    ["ca-central-1", "cac1"],
    ["mx-central-1", "mxc1"],
    ["af-south-1", "afs1"],
    ["ap-east-2", "ape2"],
    ["ap-northeast-1", "apne1"],
    ["ap-south-1", "aps1"],
    ["ap-southeast-7", "apse7"],
    ["eu-north-1", "eun1"],
    ["eu-west-3", "euw3"],
    ["il-central-1", "ilc1"],
    ["me-south-1", "mes1"],
    ["sa-east-1", "sae1"],
  ])("of %s is %s", (region, prefix) => {
    expect(zonePrefix(region)).toBe(prefix);
  });

  it.each(["us-gov-west-1", "eusc-de-east-1", "eu-upward-1", ""])("of %j is not known", (region) => {
    expect(zonePrefix(region)).toBeUndefined();
  });
});

describeRules("zones", [
  [
    "one zone twice",
    (config) => {
      config.availabilityZoneIds = ["euw1-az2", "euw1-az2"];
    },
    ["availabilityZoneIds[1]", /must differ/, /another zone/],
  ],
  [
    "a zone of another region",
    (config) => {
      config.availabilityZoneIds = ["euw1-az1", "euw2-az2"];
    },
    ["availabilityZoneIds[1]", /zones of eu-west-1 begin with euw1-az/, /correct region/],
  ],
  [
    "zones of a region that forms its ids in a way we do not know",
    (config) => {
      config.region = "eu-upward-1";
      config.availabilityZoneIds = ["euu1-az1", "euu1-az2"];
    },
  ],
]);
