import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { GithubStandIn } from "@studio-access/ci/github-testing";

import { checkOut } from "./checkout";
import { filled, holds } from "./expressions";
import { IdentityProvider } from "./identity-provider";
import { JobRun, type JobResult } from "./job-run";
import { readWorkflow, type Job, type Workflow } from "./workflow-file";

const REPOSITORY = "example/studio";
const DEFAULT_BRANCH = "main";
/** Path of the environment's config in the repository. */
const CONFIG = "config/workflows.json";

/** The event that starts a workflow. */
export interface Event {
  readonly kind: "pull_request" | "push" | "schedule";
  /** Config of the commit; for a pull request, of its head. */
  readonly config: object;
  /** Repository of the event; absent: this project's. */
  readonly repository?: string;
}

export interface PullRequest extends Event {
  readonly kind: "pull_request";
  /** Config of the base commit. */
  readonly baseConfig: object;
  /** Repository of the head; absent: this project's. */
  readonly headRepository?: string;
}

/** Called while a job waits for its approval. */
export type Meanwhile = () => Promise<void>;

const HEAD_SHA = "a".repeat(40);
const BASE_SHA = "b".repeat(40);

/** A fake GitHub: runs this checkout's workflows, issues tokens for their jobs, and stores comments and issues. */
export class Github {
  readonly identity: IdentityProvider;
  readonly rest: GithubStandIn;
  readonly #deployment: () => LocalDeployment;
  #runs = 0;

  private constructor(deployment: () => LocalDeployment, identity: IdentityProvider, rest: GithubStandIn) {
    this.#deployment = deployment;
    this.identity = identity;
    this.rest = rest;
  }

  /** @param deployment - the AWS that the jobs use; it may be created later than this object */
  static async start(deployment: () => LocalDeployment): Promise<Github> {
    return new Github(deployment, await IdentityProvider.start(), await GithubStandIn.start());
  }

  async stop(): Promise<void> {
    await Promise.all([this.identity.stop(), this.rest.stop()]);
  }

  /** Runs a workflow's jobs one after another. @param workflow - name of a workflow of this checkout, or another workflow */
  async run(
    workflow: string | Workflow,
    event: Event | PullRequest,
    meanwhile?: Meanwhile,
  ): Promise<Readonly<Record<string, JobResult>>> {
    this.#runs += 1;
    const { name, jobs } = typeof workflow === "string" ? await readWorkflow(workflow) : workflow;
    const folder = join(this.#deployment().workspace.directory, "workflows", `${this.#runs}-${name}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, "artifacts"), { recursive: true });
    const results: Record<string, JobResult> = {};
    for (const [id, job] of Object.entries(jobs)) {
      if (job.environment !== undefined) await meanwhile?.();
      results[id] = await this.#job({ id, job, event, folder, results });
    }
    return results;
  }

  async #job({ id, job, event, folder, results }: StartedJob): Promise<JobResult> {
    const contexts = { ...this.#contexts(event), needs: results };
    const needed = job.needs === undefined ? "success" : results[job.needs]?.result;
    // A condition without a status function also requires success(), as on GitHub.
    if (needed !== "success" || (job.if !== undefined && !holds(job.if, contexts)))
      return { result: "skipped", outputs: {}, log: "", folder };
    const environment = job.environment === undefined ? undefined : filled(job.environment, contexts);
    return new JobRun({
      job,
      contexts,
      folder: join(folder, id),
      artifacts: join(folder, "artifacts"),
      variables: {
        ...this.#variables(event),
        ...(job.permissions["id-token"] === "write"
          ? this.identity.variablesFor(subjectOf(event, environment))
          : {}),
      },
      checkOut: async (into, ref) => checkOut(into, { [CONFIG]: JSON.stringify(configAt(event, ref)) }),
    }).run();
  }

  /** A job's variables. Those of AWS select the local AWS and disable this machine's AWS files; a real job needs none of them. */
  #variables({ repository = REPOSITORY }: Event): Readonly<Record<string, string>> {
    const { endpoint, workspace } = this.#deployment();
    const none = join(workspace.directory, "no-such-file");
    return {
      GITHUB_REPOSITORY: repository,
      GITHUB_API_URL: this.rest.url,
      GITHUB_SHA: HEAD_SHA,
      GITHUB_RUN_ID: String(this.#runs),
      AWS_ENDPOINT_URL: endpoint,
      AWS_CONFIG_FILE: none,
      AWS_SHARED_CREDENTIALS_FILE: none,
      CHECKPOINT_DISABLE: "1",
    };
  }

  #contexts(event: Event | PullRequest): Readonly<Record<string, unknown>> {
    const { environment } = this.#deployment().workspace.config;
    const repository = event.repository ?? REPOSITORY;
    return {
      github: {
        event_name: event.kind,
        repository,
        ref_name: DEFAULT_BRANCH,
        token: "stand-in",
        event: {
          repository: { default_branch: DEFAULT_BRANCH },
          ...("baseConfig" in event
            ? {
                pull_request: {
                  number: 7,
                  base: { sha: BASE_SHA },
                  head: { repo: { full_name: event.headRepository ?? repository } },
                },
              }
            : {}),
        },
      },
      vars: { STUDIO_ACCESS_CONFIG: CONFIG, STUDIO_ACCESS_ENVIRONMENT: environment },
    };
  }
}

interface StartedJob {
  readonly id: string;
  readonly job: Job;
  readonly event: Event | PullRequest;
  /** Folder of the run. */
  readonly folder: string;
  /** Results of the earlier jobs. */
  readonly results: Readonly<Record<string, JobResult>>;
}

function configAt(event: Event | PullRequest, ref: string | undefined): object {
  return ref === BASE_SHA && "baseConfig" in event ? event.baseConfig : event.config;
}

/** Source: docs.github.com, actions/reference/security/oidc, "Example subject claims" */
function subjectOf({ kind, repository = REPOSITORY }: Event, environment: string | undefined): string {
  if (environment !== undefined) return `repo:${repository}:environment:${environment}`;
  return kind === "pull_request"
    ? `repo:${repository}:pull_request`
    : `repo:${repository}:ref:refs/heads/${DEFAULT_BRANCH}`;
}
