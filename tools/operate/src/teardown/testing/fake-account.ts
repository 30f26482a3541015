import type { LobAccount } from "../account";
import { HomeFileSystems } from "../home-file-systems";
import { NfsGroups } from "../nfs-groups";
import { Studio } from "../studio";
import { StudioLogs } from "../studio-logs";

type Input = Readonly<Record<string, unknown>>;
type Output = Record<string, unknown>;

export interface FakeApp {
  readonly AppName: string;
  readonly SpaceName?: string;
  readonly UserProfileName?: string;
  Status?: string;
}

export interface FakeGroup {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly VpcId: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  rules: { readonly SecurityGroupRuleId: string; readonly IsEgress: boolean; readonly other?: string }[];
}

export interface FakeFileSystem {
  readonly FileSystemId: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  LifeCycleState?: string;
  mountTargets: { readonly MountTargetId: string; LifeCycleState: string }[];
}

/** Items per page: so few that code which reads only the first page fails. */
const PAGE = 2;

const REGION = "eu-west-1";
const ACCOUNT = "222222222222";

export function domainArn(domainId: string): string {
  return `arn:aws:sagemaker:${REGION}:${ACCOUNT}:domain/${domainId}`;
}

/** An AWS account in memory. It answers the commands that a teardown sends, with the same errors as AWS. */
export class FakeAccount {
  /** Operations that change something, in order: `DeleteSpace work`. */
  readonly changes: string[] = [];
  /** Status by domain id. */
  readonly domains = new Map<string, string>();
  apps: FakeApp[] = [];
  spaces: {
    readonly SpaceName: string;
    Status?: string;
    readonly OwnershipSettingsSummary?: object;
    readonly SpaceSharingSettingsSummary?: object;
  }[] = [];
  profiles: { readonly UserProfileName: string; Status?: string }[] = [];
  groups: FakeGroup[] = [];
  fileSystems: FakeFileSystem[] = [];
  /** Streams by log group. */
  readonly logs = new Map<string, string[]>();
  /** Called before each operation; may throw an error of AWS. */
  before: (operation: string, input: Input) => void = () => undefined;

  /** Adds a domain with everything that SageMaker makes for it. */
  addDomain(domainId: string, vpcId = "vpc-1"): void {
    const tag = { Key: "ManagedByAmazonSageMakerResource", Value: domainArn(domainId) };
    this.domains.set(domainId, "InService");
    this.groups.push(
      ...["inbound", "outbound"].map((direction) => ({
        GroupId: `sg-${direction}-${domainId}`,
        GroupName: `security-group-for-${direction}-nfs-${domainId}`,
        VpcId: vpcId,
        Tags: [tag],
        rules: [988, 1018, 2049].map((port) => ({
          SecurityGroupRuleId: `sgr-${direction}-${port}`,
          IsEgress: direction === "outbound",
          other: `sg-${direction === "outbound" ? "inbound" : "outbound"}-${domainId}`,
        })),
      })),
    );
    this.fileSystems.push({
      FileSystemId: `fs-${domainId}`,
      Tags: [tag],
      LifeCycleState: "available",
      mountTargets: ["a", "b", "c"].map((zone) => ({
        MountTargetId: `fsmt-${zone}`,
        LifeCycleState: "available",
      })),
    });
  }

  get services(): LobAccount {
    const client = { send: async (command: object): Promise<Output> => this.#answer(command) };
    return {
      studio: new Studio(client),
      fileSystems: new HomeFileSystems(client),
      groups: new NfsGroups(client),
      logs: new StudioLogs(client),
    };
  }

  async #answer(command: object): Promise<Output> {
    const operation = command.constructor.name.replace(/Command$/, "");
    const { input } = command as { readonly input: Input };
    this.before(operation, input);
    const answer = this.#operations[operation];
    if (answer === undefined) throw new Error(`no test expects ${operation}`);
    if (!/^(?:Describe|List)/.test(operation)) this.changes.push(`${operation} ${subject(input)}`);
    return Promise.resolve(answer(input));
  }

  readonly #operations: Readonly<Record<string, (input: Input) => Output>> = {
    DescribeDomain: ({ DomainId }) => {
      const Status = this.domains.get(String(DomainId));
      if (Status === undefined) throw awsError("ResourceNotFound");
      return { Status };
    },
    DescribeUserProfile: ({ UserProfileName }) => {
      const found = this.profiles.find((profile) => profile.UserProfileName === UserProfileName);
      if (found === undefined) throw awsError("ResourceNotFound");
      return found;
    },
    ListApps: (input) => {
      const apps = this.apps.map((app) => ({ AppType: "JupyterLab", ...app }));
      return page("Apps", apps, input);
    },
    ListSpaces: (input) => page("Spaces", this.spaces, input),
    ListUserProfiles: (input) => page("UserProfiles", this.profiles, input),
    DeleteApp: ({ AppName }) => {
      for (const app of this.apps) if (app.AppName === AppName) app.Status = "Deleted";
      return {};
    },
    DeleteSpace: ({ SpaceName }) => {
      const holds = (app: FakeApp): boolean => app.SpaceName === SpaceName && isAlive(app);
      if (this.apps.some(holds)) throw awsError("ResourceInUse");
      this.spaces = this.spaces.filter((space) => space.SpaceName !== SpaceName);
      return {};
    },
    DeleteUserProfile: ({ UserProfileName }) => {
      if (this.spaces.length > 0 || this.apps.some(isAlive)) throw awsError("ResourceInUse");
      this.profiles = this.profiles.filter((profile) => profile.UserProfileName !== UserProfileName);
      return {};
    },
    DescribeFileSystems: (input) => this.#describeFileSystems(input),
    DescribeMountTargets: (input) => {
      const { items, next } = pageOf(this.#fileSystem(input).mountTargets, input["Marker"]);
      return { MountTargets: items, NextMarker: next };
    },
    DeleteMountTarget: ({ MountTargetId }) => {
      for (const system of this.fileSystems) {
        system.mountTargets = system.mountTargets.filter((one) => one.MountTargetId !== MountTargetId);
      }
      return {};
    },
    DeleteFileSystem: (input) => {
      const system = this.#fileSystem(input);
      if (system.mountTargets.length > 0) throw awsError("FileSystemInUse");
      this.fileSystems = this.fileSystems.filter((one) => one !== system);
      return {};
    },
    DescribeSecurityGroups: (input) => page("SecurityGroups", this.#filteredGroups(input), input),
    DescribeSecurityGroupRules: (input) => {
      const [groupId] = filterOf(input).values;
      const group = this.groups.find(({ GroupId }) => GroupId === groupId);
      return page("SecurityGroupRules", group?.rules ?? [], input);
    },
    RevokeSecurityGroupIngress: (input) => this.#revoke(input, false),
    RevokeSecurityGroupEgress: (input) => this.#revoke(input, true),
    DeleteSecurityGroup: ({ GroupId }) => {
      const isNamed = this.groups.some(({ rules }) => rules.some(({ other }) => other === GroupId));
      const isMounted = this.fileSystems.some(({ mountTargets }) => mountTargets.length > 0);
      if (isNamed || isMounted) throw awsError("DependencyViolation");
      this.groups = this.groups.filter((group) => group.GroupId !== GroupId);
      return {};
    },
    DescribeNetworkInterfaces: () => ({ NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] }),
    DescribeLogGroups: ({ logGroupNamePrefix, nextToken }) => {
      const names = [...this.logs.keys()].filter((name) => name.startsWith(String(logGroupNamePrefix)));
      const { items, next } = pageOf(names, nextToken);
      return { logGroups: items.map((logGroupName) => ({ logGroupName })), nextToken: next };
    },
    DescribeLogStreams: ({ logGroupName, logStreamNamePrefix, nextToken }) => {
      const streams = this.logs.get(String(logGroupName));
      if (streams === undefined) throw awsError("ResourceNotFoundException");
      const prefix = typeof logStreamNamePrefix === "string" ? logStreamNamePrefix : "";
      const own = streams.filter((name) => name.startsWith(prefix));
      const { items, next } = pageOf(own, nextToken);
      return { logStreams: items.map((logStreamName) => ({ logStreamName })), nextToken: next };
    },
    DeleteLogStream: ({ logGroupName, logStreamName }) => {
      const name = String(logGroupName);
      this.logs.set(name, this.logs.get(name)?.filter((stream) => stream !== logStreamName) ?? []);
      return {};
    },
    DeleteLogGroup: ({ logGroupName }) => {
      this.logs.delete(String(logGroupName));
      return {};
    },
  };

  #describeFileSystems(input: Input): Output {
    if (input["FileSystemId"] !== undefined) return { FileSystems: [this.#fileSystem(input)] };
    const { items, next } = pageOf(this.fileSystems, input["Marker"]);
    return { FileSystems: items, NextMarker: next };
  }

  #fileSystem({ FileSystemId }: Input): FakeFileSystem {
    const found = this.fileSystems.find((system) => system.FileSystemId === FileSystemId);
    if (found === undefined) throw awsError("FileSystemNotFound");
    return found;
  }

  #filteredGroups(input: Input): FakeGroup[] {
    const { name, values } = filterOf(input);
    const matches: Readonly<Record<string, (group: FakeGroup) => boolean>> = {
      "group-name": ({ GroupName }) => values.includes(GroupName),
      "vpc-id": ({ VpcId }) => values.includes(VpcId),
      "ip-permission.group-id": (group) => namesIn(group, false, values),
      "egress.ip-permission.group-id": (group) => namesIn(group, true, values),
    };
    return this.groups.filter((group) => matches[name]?.(group) ?? false);
  }

  #revoke({ GroupId, SecurityGroupRuleIds }: Input, isEgress: boolean): Output {
    const ids = SecurityGroupRuleIds as readonly string[];
    for (const group of this.groups.filter((one) => one.GroupId === GroupId)) {
      const isRevoked = (rule: (typeof group.rules)[number]): boolean =>
        rule.IsEgress === isEgress && ids.includes(rule.SecurityGroupRuleId);
      group.rules = group.rules.filter((rule) => !isRevoked(rule));
    }
    return {};
  }
}

/** An error as the SDK throws it. */
export function awsError(name: string): Error {
  return Object.assign(new Error(`message of ${name}`), { name });
}

function isAlive({ Status = "InService" }: FakeApp): boolean {
  return Status !== "Deleted" && Status !== "Failed";
}

function namesIn({ rules }: FakeGroup, isEgress: boolean, values: readonly string[]): boolean {
  return rules.some((rule) => rule.IsEgress === isEgress && values.includes(rule.other ?? ""));
}

function filterOf(input: Input): { name: string; values: readonly string[] } {
  const [filter] = input["Filters"] as readonly { Name: string; Values: readonly string[] }[];
  return { name: filter?.Name ?? "", values: filter?.Values ?? [] };
}

function page(field: string, all: readonly object[], input: Input): Output {
  const { items, next } = pageOf(all, input["NextToken"]);
  const withStatus = items.map((item) => ({ Status: "InService", ...item }));
  return { [field]: withStatus, NextToken: next };
}

function pageOf<Item>(all: readonly Item[], token: unknown): { items: Item[]; next: string | undefined } {
  const start = Number(token ?? 0);
  const end = start + PAGE;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}

/** Name of the item that an operation changes: the last value of its input. */
function subject(input: Input): string {
  const named = ["AppName", "SpaceName", "UserProfileName", "MountTargetId", "FileSystemId", "GroupId"];
  const found = [...named, "logStreamName", "logGroupName"].find((name) => input[name] !== undefined);
  return String(input[found ?? ""]);
}
