import { isWrite } from "../network/write-call";
import type { AwsCall, Moto, Reply } from "../server/call";
import type { ApiSnapshot, StageModel } from "./model";
import { readSnapshot, readStage, type ApiLocation } from "./snapshot-reader";

const DEPLOYMENTS_PATH = /^\/restapis\/([^/]+)\/deployments\/?$/;
const API_PATH = /^\/restapis(?:\/([^/]+))?\/?$/;

/** A stage with the snapshot of the API that is deployed to it. */
export interface DeployedStage {
  readonly snapshot: ApiSnapshot;
  readonly stage: StageModel;
}

/** Every REST API, with a snapshot for each of its deployments. */
export class ApiRegistry {
  readonly #moto: Pick<Moto, "rest">;
  readonly #places = new Map<string, ApiLocation>();
  /** By API id, then by deployment id. */
  readonly #snapshots = new Map<string, Map<string, ApiSnapshot>>();
  readonly #stages = new Map<string, Promise<StageModel | undefined>>();

  constructor(moto: Pick<Moto, "rest">) {
    this.#moto = moto;
  }

  /** Must see every successful call before its reply is sent, so that a snapshot is taken at the time of the deployment. */
  async observe(call: AwsCall, reply: Reply): Promise<void> {
    if (call.service !== "apigateway" || !isWrite(call)) return;
    this.#stages.clear();
    const api = API_PATH.exec(call.url.pathname);
    if (api && call.method === "POST") this.#created(call, reply);
    if (api?.[1] && call.method === "DELETE") this.#deleted(api[1]);
    const deployedApi = call.method === "POST" ? DEPLOYMENTS_PATH.exec(call.url.pathname)?.[1] : undefined;
    if (deployedApi !== undefined) await this.#deployed(deployedApi, reply);
  }

  /** Account and region of an API; undefined when there is no such API. */
  locationOf(apiId: string): ApiLocation | undefined {
    return this.#places.get(apiId);
  }

  /** The deployed stage; undefined when there is no such stage, or nothing is deployed to it. */
  async deployed(apiId: string, stageName: string): Promise<DeployedStage | undefined> {
    const place = this.#places.get(apiId);
    if (!place) return undefined;
    const key = `${apiId}/${stageName}`;
    const reading = this.#stages.get(key) ?? readStage(this.#moto, place, stageName);
    this.#stages.set(key, reading);
    const stage = await reading;
    const snapshot = stage && this.#snapshots.get(apiId)?.get(stage.deploymentId);
    return stage && snapshot && { stage, snapshot };
  }

  #created({ account, region }: AwsCall, reply: Reply): void {
    const { id } = JSON.parse(reply.body.toString()) as { readonly id?: string };
    if (id !== undefined) this.#places.set(id, { apiId: id, account, region });
  }

  #deleted(apiId: string): void {
    this.#places.delete(apiId);
    this.#snapshots.delete(apiId);
  }

  async #deployed(apiId: string, reply: Reply): Promise<void> {
    const place = this.#places.get(apiId);
    const { id } = JSON.parse(reply.body.toString()) as { readonly id?: string };
    if (!place || id === undefined) return;
    const snapshots = this.#snapshots.get(apiId) ?? new Map<string, ApiSnapshot>();
    this.#snapshots.set(apiId, snapshots);
    snapshots.set(id, await readSnapshot(this.#moto, place, id));
  }
}
