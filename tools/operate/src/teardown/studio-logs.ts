import {
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type CloudWatchLogsClient,
  type DescribeLogStreamsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";

import { unlessNamed } from "./aws-errors";
import { allPages } from "./pages";

/** Log group of Studio's apps, which all domains of an account and region share. */
const STUDIO_LOGS = "/aws/sagemaker/studio";

/** A log stream of a domain. */
export interface StudioLog {
  readonly group: string;
  /** `<domain id>/<space or profile>/<app type>/<app>`. */
  readonly stream: string;
}

/** Logs that Studio itself creates: Terraform does not know them, and they stay when the domain is deleted. */
export class StudioLogs {
  readonly #client: Pick<CloudWatchLogsClient, "send">;

  constructor(client: Pick<CloudWatchLogsClient, "send">) {
    this.#client = client;
  }

  async of(domainId: string): Promise<StudioLog[]> {
    const perGroup = (await this.#groups()).map(async (group) => {
      const streams = await this.#streams({ logGroupName: group, logStreamNamePrefix: `${domainId}/` });
      return streams.map((stream) => ({ group, stream }));
    });
    return (await Promise.all(perGroup)).flat();
  }

  /** Deletes streams, and the groups in which no other domain has streams. */
  async delete(logs: readonly StudioLog[]): Promise<void> {
    for (const { group, stream } of logs) {
      await unlessGone(() =>
        this.#client.send(new DeleteLogStreamCommand({ logGroupName: group, logStreamName: stream })),
      );
    }
    for (const group of new Set(logs.map((log) => log.group))) {
      if ((await this.#streams({ logGroupName: group })).length > 0) continue;
      await unlessGone(() => this.#client.send(new DeleteLogGroupCommand({ logGroupName: group })));
    }
  }

  async #groups(): Promise<string[]> {
    const groups = await allPages(async (next) => {
      const { logGroups, nextToken } = await this.#client.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: STUDIO_LOGS, nextToken: next }),
      );
      return { items: logGroups, next: nextToken };
    });
    return groups
      .map(({ logGroupName = "" }) => logGroupName)
      .filter((name) => name === STUDIO_LOGS || name.startsWith(`${STUDIO_LOGS}/`));
  }

  async #streams(input: DescribeLogStreamsCommandInput): Promise<string[]> {
    const streams = await unlessGone(() =>
      allPages(async (next) => {
        const { logStreams, nextToken } = await this.#client.send(
          new DescribeLogStreamsCommand({ ...input, nextToken: next }),
        );
        return { items: logStreams, next: nextToken };
      }),
    );
    return (streams ?? []).map(({ logStreamName = "" }) => logStreamName);
  }
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  return unlessNamed(["ResourceNotFoundException"], call);
}
