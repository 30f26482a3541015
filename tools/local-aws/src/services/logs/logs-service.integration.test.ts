/** FilterLogEvents with the real moto and the real AWS client. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  paginateFilterLogEvents,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

import { startLocalAws, type LocalAws } from "../../index";

// moto takes some seconds to start, and more on a busy machine.
jest.setTimeout(60_000);

const GROUP = "/studio-access-local/lambda/presign";
const LINES = [
  { outcome: "redirected", requestId: "r-1" },
  { outcome: "failed", code: "upstream_error", requestId: "r-2" },
  { outcome: "failed", code: "internal_error", requestId: "r-3", operator: {} },
];

describe("CloudWatch Logs of the local AWS", () => {
  let directory: string;
  let aws: LocalAws;
  let client: CloudWatchLogsClient;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "studio-access-logs-"));
    aws = await startLocalAws({ logDirectory: directory });
    client = new CloudWatchLogsClient({
      endpoint: aws.endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId: "111111111111", secretAccessKey: "local" },
      maxAttempts: 1,
    });
    const place = { logGroupName: GROUP, logStreamName: "stream" };
    await client.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
    await client.send(new CreateLogStreamCommand(place));
    const timestamp = Date.now();
    const logEvents = LINES.map((line) => ({ timestamp, message: JSON.stringify(line) }));
    await client.send(new PutLogEventsCommand({ ...place, logEvents }));
  });

  afterAll(async () => {
    client.destroy();
    await aws.stop();
    await rm(directory, { recursive: true });
  });

  /** Request ids of the lines that a pattern finds, over all pages. */
  async function found(filterPattern?: string, limit?: number): Promise<readonly string[]> {
    const query = { logGroupName: GROUP, filterPattern, limit };
    const ids: string[] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client }, query))
      for (const { message = "" } of events)
        ids.push((JSON.parse(message) as { requestId: string }).requestId);
    return ids;
  }

  it("finds every line without a pattern, and with one only those that match", async () => {
    await expect(found()).resolves.toEqual(["r-1", "r-2", "r-3"]);
    await expect(found('{ $.outcome = "failed" }')).resolves.toEqual(["r-2", "r-3"]);
    await expect(found('{ ($.outcome = "failed") && ($.operator NOT EXISTS) }')).resolves.toEqual(["r-2"]);
    await expect(found('"r-3"')).resolves.toEqual(["r-3"]);
    await expect(found('{ $.outcome = "handed_over" }')).resolves.toEqual([]);
  });

  it("finds them on a later page too", async () => {
    await expect(found('{ $.code = "internal_error" }', 1)).resolves.toEqual(["r-3"]);
  });

  it("refuses a pattern that it cannot read", async () => {
    const call = new FilterLogEventsCommand({ logGroupName: GROUP, filterPattern: "{ $.outcome }" });
    await expect(client.send(call)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("says that there is no such group", async () => {
    const call = new FilterLogEventsCommand({ logGroupName: "none", filterPattern: '"a"' });
    await expect(client.send(call)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});
