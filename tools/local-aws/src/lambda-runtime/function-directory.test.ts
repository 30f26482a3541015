import { FunctionDirectory } from "./function-directory";

const id = { account: "111111111111", region: "eu-west-1", name: "presign" };
const Configuration = { FunctionName: "presign", FunctionArn: "arn", Role: "role" };

/** A directory over a fake Lambda that records the requested paths. */
function directoryOf(status = 200): { directory: FunctionDirectory; paths: string[] } {
  const paths: string[] = [];
  const directory = new FunctionDirectory({
    get: (_, path) => {
      paths.push(path);
      const body = path.endsWith("/policy") ? { Policy: '{"Version":"2012-10-17"}' } : { Configuration };
      return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    },
  });
  return { directory, paths };
}

describe("FunctionDirectory", () => {
  it("reads once until a function is changed", async () => {
    const { directory, paths } = directoryOf();
    await directory.configurationOf(id);
    await directory.configurationOf(id);
    directory.observe({ service: "lambda", operation: "GET /2015-03-31/functions/presign", method: "GET" });
    directory.observe({
      service: "lambda",
      operation: "POST /2015-03-31/functions/presign/invocations",
      method: "POST",
    });
    directory.observe({ service: "ec2", operation: "CreateVpc", method: "POST" });
    await directory.configurationOf(id);
    expect(paths).toHaveLength(1);
    directory.observe({
      service: "lambda",
      operation: "PUT /2015-03-31/functions/presign/configuration",
      method: "PUT",
    });
    await directory.configurationOf(id);
    expect(paths).toHaveLength(2);
  });

  it("returns undefined for a function or policy that does not exist", async () => {
    const { directory } = directoryOf(404);
    await expect(directory.configurationOf(id)).resolves.toBeUndefined();
    await expect(directory.policyOf(id)).resolves.toBeUndefined();
  });

  it("returns the policy's text", async () => {
    await expect(directoryOf().directory.policyOf(id)).resolves.toBe('{"Version":"2012-10-17"}');
  });

  it("throws on a failure, and does not cache it", async () => {
    const { directory, paths } = directoryOf(500);
    await expect(directory.configurationOf(id)).rejects.toThrow("HTTP 500");
    await expect(directory.configurationOf(id)).rejects.toThrow("HTTP 500");
    expect(paths).toHaveLength(2);
  });
});
