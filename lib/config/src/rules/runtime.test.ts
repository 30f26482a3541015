import { describeRules } from "../testing/sample";

describeRules("the functions' runtime", [
  [
    "nodejs24.x, with the tested provider",
    (config) => {
      config.lambdaRuntime = "nodejs24.x";
    },
    ["lambdaRuntime", /AWS provider 5\.100\.0 does not know it/, /6\.21\.0 or later, which is untried/],
  ],
  [
    "nodejs24.x, with a provider that is too old",
    (config) => {
      Object.assign(config, { lambdaRuntime: "nodejs24.x", awsProviderVersion: "6.9.0" });
    },
    ["lambdaRuntime", /AWS provider 6\.9\.0 does not know it/, /write nodejs22\.x/],
  ],
  [
    "nodejs24.x, with a provider that knows it: nothing",
    (config) => {
      Object.assign(config, { lambdaRuntime: "nodejs24.x", awsProviderVersion: "6.21.0" });
    },
  ],
]);
