import type { Reply } from "../../../server/call";
import { type Answers, jsonAnswer, xmlAnswer } from "../../testing/fake-moto";

/** Zone of each subnet of `vpc-1`. */
const SUBNETS: Readonly<Record<string, string>> = { "subnet-1": "a", "subnet-1b": "a", "subnet-2": "b" };

/** For tests: the operations of moto's EC2 and EFS that a domain's home directories need. */
export class FakeHomes {
  /** Calls to EC2 that change a resource. */
  readonly ec2: Readonly<Record<string, string>>[] = [];
  /** Bodies of calls to EFS that create a resource. */
  readonly made: object[] = [];
  /** Paths of the resources that were deleted from EFS. */
  readonly removed: string[] = [];
  /** Whether EFS fails. */
  isBroken = false;
  /** Whether somebody deleted every file system. */
  isEmptied = false;
  #groups = 0;
  #fileSystems = 0;

  readonly answers: Pick<Answers, "query" | "rest"> = {
    query: (_service, _account, _region, parameters) => this.#query(parameters),
    rest: (_service, _account, _region, method, path, body) => this.#rest(method, path, body),
  };

  #query(parameters: Readonly<Record<string, string>>): Reply {
    if (parameters["Action"] === "DescribeSubnets") return subnets(Object.values(parameters));
    this.ec2.push(parameters);
    if (parameters["Action"] !== "CreateSecurityGroup") return xmlAnswer("<R/>");
    this.#groups += 1;
    return xmlAnswer(`<R><groupId>sg-${this.#groups}</groupId></R>`);
  }

  #rest(method: string, path: string, body: unknown): Reply {
    if (this.isBroken) return jsonAnswer({}, 500);
    if (method === "GET") {
      if (this.isEmptied) return jsonAnswer({ ErrorCode: "FileSystemNotFound" }, 404);
      return jsonAnswer({ MountTargets: [{ MountTargetId: "fsmt-1" }, { MountTargetId: "fsmt-2" }] });
    }
    if (method === "DELETE") {
      this.removed.push(path);
      return { ...jsonAnswer({}), body: Buffer.alloc(0) };
    }
    this.made.push(body as object);
    if (!path.endsWith("file-systems")) return jsonAnswer({});
    this.#fileSystems += 1;
    return jsonAnswer({ FileSystemId: `fs-${this.#fileSystems}` }, 201);
  }
}

function subnets(asked: readonly string[]): Reply {
  const items = Object.entries(SUBNETS)
    .filter(([id]) => asked.includes(id))
    .map(
      ([id, zone]) =>
        `<item><subnetId>${id}</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1${zone}</availabilityZone></item>`,
    );
  return xmlAnswer(`<R><subnetSet>${items.join("")}</subnetSet></R>`);
}
