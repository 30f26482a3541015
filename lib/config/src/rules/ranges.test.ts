import { describeRules } from "../testing/sample";

describeRules("ranges", [
  [
    "host bits",
    (config) => {
      config.network.hubCidr = "10.0.3.0/16";
      config.linesOfBusiness[0]!.cidr = "10.100.0.1/24";
    },
    ["network.hubCidr", /host bits/, /write 10\.0\.0\.0\/16/],
    ["linesOfBusiness[0].cidr", /host bits/, /write 10\.100\.0\.0\/24/],
  ],
  [
    "public address space for a VPC or a supernet",
    (config) => {
      config.network.accessCidr = "52.10.0.0/16";
      config.network.lobSupernets.push("172.0.0.0/8");
    },
    ["network.accessCidr", /private/, /10\.0\.0\.0\/8.*100\.64\.0\.0\/10/],
    ["network.lobSupernets[1]", /private/, /172\.16\.0\.0\/12/],
  ],
  [
    "carrier-grade addresses for VPCs",
    (config) => {
      config.network.accessCidr = "100.64.0.0/16";
    },
  ],
  [
    "VPCs that are too large or too small",
    (config) => {
      config.network.hubCidr = "10.0.0.0/15";
      config.network.accessCidr = "10.17.0.0/25";
      config.linesOfBusiness[0]!.cidr = "10.100.0.0/28";
    },
    ["network.hubCidr", /\/16 to \/24.*AWS takes none larger/, /\/16 to \/24/],
    ["network.accessCidr", /do not fit into one smaller/, /\/16 to \/24/],
    ["linesOfBusiness[0].cidr", /\/16 to \/24/, /\/16 to \/24/],
  ],
  [
    "VPCs of the largest and smallest size",
    (config) => {
      config.network.hubCidr = "10.0.0.0/24";
      config.linesOfBusiness[0]!.cidr = "10.100.7.0/24";
    },
  ],
  [
    "Docker's own range",
    (config) => {
      config.network.hubCidr = "172.17.4.0/22";
    },
    ["network.hubCidr", /Docker's bridge/, /another range/],
  ],
  [
    "everyone as a corporate network",
    (config) => {
      config.network.corporateCidrs = ["0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7"];
    },
    ["network.corporateCidrs[0]", /\/8 or smaller/, /the company's own networks/],
    ["network.corporateCidrs[1]", /\/8 or smaller/, /./],
    ["network.corporateCidrs[2]", /\/8 or smaller/, /./],
  ],
  [
    "corporate networks that nobody can be in",
    (config) => {
      config.network.corporateCidrs = ["127.0.0.0/8", "169.254.10.0/24", "239.0.0.0/8"];
    },
    ["network.corporateCidrs[0]", /no network routes 127/, /users' machines/],
    ["network.corporateCidrs[1]", /no network routes 169\.254/, /./],
    ["network.corporateCidrs[2]", /no network routes 224/, /./],
  ],
  [
    "a company's registered addresses as its own network",
    (config) => {
      config.network.corporateCidrs = ["9.0.0.0/8"];
    },
  ],
]);
