import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  type EFSClient,
  type MountTargetDescription,
} from "@aws-sdk/client-efs";

import { unlessNamed } from "./aws-errors";
import { allPages } from "./pages";
import { waitUntil, type Waiting } from "./wait";

/** Tag of everything that SageMaker makes for a domain in the customer's account; its value is the domain's ARN. */
export const MANAGED_BY_SAGEMAKER = "ManagedByAmazonSageMakerResource";

/** The file system with the home directories of a domain's users. */
export interface HomeFileSystem {
  readonly id: string;
  readonly bytes: number;
}

/** The file systems that SageMaker makes for the home directories of Studio's users. */
export class HomeFileSystems {
  readonly #client: Pick<EFSClient, "send">;

  constructor(client: Pick<EFSClient, "send">) {
    this.#client = client;
  }

  /** File systems whose SageMaker tag equals this domain's ARN. Names are not compared, since they can mislead. */
  async of(domainArn: string): Promise<HomeFileSystem[]> {
    const all = await allPages(async (next) => {
      const { FileSystems, NextMarker } = await this.#client.send(
        new DescribeFileSystemsCommand({ MaxItems: 100, Marker: next }),
      );
      return { items: FileSystems, next: NextMarker };
    });
    return all
      .filter(
        ({ Tags = [], LifeCycleState }) =>
          LifeCycleState !== "deleted" &&
          Tags.some(({ Key, Value }) => Key === MANAGED_BY_SAGEMAKER && Value === domainArn),
      )
      .map(({ FileSystemId = "", SizeInBytes }) => ({ id: FileSystemId, bytes: SizeInBytes?.Value ?? 0 }));
  }

  /** Deletes a file system after its mount targets, as EFS requires. */
  async delete(id: string, waiting: Waiting): Promise<void> {
    await waitUntil(
      `deleting the mount targets of ${id}`,
      15,
      async () => {
        const targets = await this.#mountTargets(id);
        for (const target of targets) await this.#deleteMountTarget(target);
        return targets.length === 0 ? undefined : `${targets.length} mount targets of ${id} left`;
      },
      waiting,
    );
    await waitUntil(
      `deleting the file system ${id}`,
      10,
      async () => {
        const state = await this.#stateOf(id);
        if (state === undefined || state === "deleted") return undefined;
        if (state !== "deleting") {
          await unlessGone(() => this.#client.send(new DeleteFileSystemCommand({ FileSystemId: id })));
        }
        return `file system ${id} is ${state}`;
      },
      waiting,
    );
  }

  async #mountTargets(id: string): Promise<MountTargetDescription[]> {
    const targets = await unlessGone(() =>
      allPages(async (next) => {
        const { MountTargets, NextMarker } = await this.#client.send(
          new DescribeMountTargetsCommand({ FileSystemId: id, MaxItems: 100, Marker: next }),
        );
        return { items: MountTargets, next: NextMarker };
      }),
    );
    return (targets ?? []).filter(({ LifeCycleState }) => LifeCycleState !== "deleted");
  }

  async #deleteMountTarget({ MountTargetId, LifeCycleState }: MountTargetDescription): Promise<void> {
    if (LifeCycleState === "deleting") return;
    await unlessGone(() => this.#client.send(new DeleteMountTargetCommand({ MountTargetId })));
  }

  async #stateOf(id: string): Promise<string | undefined> {
    const found = await unlessGone(() =>
      this.#client.send(new DescribeFileSystemsCommand({ FileSystemId: id })),
    );
    const [system] = found?.FileSystems ?? [];
    return system && (system.LifeCycleState ?? "of unknown state");
  }
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  return unlessNamed(["FileSystemNotFound", "MountTargetNotFound"], call);
}
