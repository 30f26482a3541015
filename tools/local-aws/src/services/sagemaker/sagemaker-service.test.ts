import type { PresignedUrlRecord } from "../../server/data-plane";
import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { FakeHomes } from "./testing/fake-homes";
import { SageMakerService } from "./sagemaker-service";
import { StudioStore } from "./studio-store";

type Answer = Record<string, unknown>;

const LOB = "222222222222";

class Studio {
  readonly store = new StudioStore((finish) => {
    if (this.profilesAreReady) finish();
    else this.unfinished.push(finish);
  });
  profilesAreReady = true;
  readonly unfinished: (() => void)[] = [];
  readonly issued: PresignedUrlRecord[] = [];
  readonly homes = new FakeHomes();
  readonly #service: SageMakerService;

  constructor() {
    const moto = new FakeMoto({ ...this.homes.answers, forward: () => jsonAnswer({ by: "moto" }) });
    this.#service = new SageMakerService(moto, this.store, { issued: (record) => this.issued.push(record) });
  }

  async send(operation: string, input: object = {}, account = LOB): Promise<Answer> {
    const call = fakeCall({ service: "sagemaker", operation, account, body: JSON.stringify(input) });
    return JSON.parse((await this.#service.handle(call)).body.toString()) as Answer;
  }

  async domain(options: object = {}): Promise<string> {
    const input = {
      DomainName: "lob-a",
      AuthMode: "IAM",
      VpcId: "vpc-1",
      SubnetIds: ["subnet-1"],
      ...options,
    };
    return (await this.send("CreateDomain", input))["DomainId"] as string;
  }

  async profile(DomainId: string, UserProfileName = "user-a"): Promise<void> {
    await this.send("CreateUserProfile", { DomainId, UserProfileName });
  }
}

describe("a Studio domain", () => {
  it("is described as it was created", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain({
      AppNetworkAccessType: "VpcOnly",
      KmsKeyId: "key",
      Tags: [{ Key: "a", Value: "b" }],
    });
    expect(DomainId).toMatch(/^d-[a-z0-9]{12}$/);
    const shown = await studio.send("DescribeDomain", { DomainId });
    expect(shown).toMatchObject({
      DomainId,
      DomainName: "lob-a",
      DomainArn: `arn:aws:sagemaker:eu-west-1:${LOB}:domain/${DomainId}`,
      Status: "InService",
      AppNetworkAccessType: "VpcOnly",
      KmsKeyId: "key",
      Url: `https://${DomainId}.studio.eu-west-1.sagemaker.aws`,
    });
    expect(shown).not.toHaveProperty("Tags");
  });

  it("changes the settings that an update names, and keeps the others", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain({
      DefaultUserSettings: { ExecutionRole: "role", StudioWebPortal: "ENABLED" },
    });
    await studio.send("UpdateDomain", { DomainId, DefaultUserSettings: { StudioWebPortal: "DISABLED" } });
    expect((await studio.send("DescribeDomain", { DomainId }))["DefaultUserSettings"]).toEqual({
      ExecutionRole: "role",
      StudioWebPortal: "DISABLED",
    });
  });

  it("has a unique name in its account", async () => {
    const studio = new Studio();
    await studio.domain();
    await expect(studio.domain()).rejects.toMatchObject({ code: "ResourceInUse" });
  });

  it("does not exist for another account", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    await expect(studio.send("DescribeDomain", { DomainId }, "333333333333")).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
    expect((await studio.send("ListDomains", {}, "333333333333"))["Domains"]).toEqual([]);
  });

  it.each([
    ["subnets outside its VPC", { VpcId: "vpc-2" }],
    ["no subnets", { SubnetIds: [] }],
    ["an unknown authentication mode", { AuthMode: "LDAP" }],
    ["an invalid name", { DomainName: "lob_a" }],
  ])("is refused with %s", async (_name, options) => {
    await expect(new Studio().domain(options)).rejects.toMatchObject({ code: "ValidationException" });
  });

  it("is listed ten to a page by default, as on AWS", async () => {
    const studio = new Studio();
    for (let index = 0; index < 11; index++) await studio.domain({ DomainName: `lob-${index}` });
    const first = await studio.send("ListDomains");
    expect(first["Domains"]).toHaveLength(10);
    const second = await studio.send("ListDomains", { NextToken: first["NextToken"] });
    expect(second).toMatchObject({ Domains: [{ DomainName: "lob-10" }] });
    expect(second).not.toHaveProperty("NextToken");
    expect((await studio.send("ListDomains", { MaxResults: 100 }))["Domains"]).toHaveLength(11);
  });
});

describe("a list of spaces", () => {
  it("says whose each is, and with whom it is shared", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    await studio.profile(DomainId);
    await studio.send("CreateSpace", {
      DomainId,
      SpaceName: "space-a",
      OwnershipSettings: { OwnerUserProfileName: "user-a" },
      SpaceSharingSettings: { SharingType: "Private" },
    });
    expect(await studio.send("ListSpaces", {})).toMatchObject({
      Spaces: [
        {
          SpaceName: "space-a",
          OwnershipSettingsSummary: { OwnerUserProfileName: "user-a" },
          SpaceSharingSettingsSummary: { SharingType: "Private" },
        },
      ],
    });
  });
});

describe("the deletion of a domain", () => {
  it("needs the order app, space, profile, domain", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    const profile = { DomainId, UserProfileName: "user-a" };
    const space = { DomainId, SpaceName: "space-a" };
    const app = { ...space, AppType: "JupyterLab", AppName: "default" };
    await studio.profile(DomainId);
    await studio.send("CreateSpace", { ...space, OwnershipSettings: { OwnerUserProfileName: "user-a" } });
    await studio.send("CreateApp", app);
    const steps: [string, object][] = [
      ["DeleteApp", app],
      ["DeleteSpace", space],
      ["DeleteUserProfile", profile],
      ["DeleteDomain", { DomainId }],
    ];
    for (const [index, [operation, input]] of steps.entries()) {
      for (const [later, laterInput] of steps.slice(index + 1)) {
        await expect(studio.send(later, laterInput)).rejects.toMatchObject({ code: "ResourceInUse" });
      }
      await studio.send(operation, input);
    }
    await expect(studio.send("DescribeDomain", { DomainId })).rejects.toMatchObject({
      code: "ResourceNotFound",
      status: 400,
    });
    expect(studio.store.all).toEqual([]);
  });

  it("keeps the home file system unless its deletion is requested, and always keeps both groups", async () => {
    const studio = new Studio();
    const kept = await studio.domain();
    await studio.send("DeleteDomain", { DomainId: kept });
    expect(studio.homes.removed).toEqual([]);
    const gone = await studio.domain();
    await studio.send("DeleteDomain", { DomainId: gone, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
    expect(studio.homes.removed).toEqual([
      "/2015-02-01/mount-targets/fsmt-1",
      "/2015-02-01/mount-targets/fsmt-2",
      "/2015-02-01/file-systems/fs-2",
    ]);
    expect(studio.homes.ec2.map(({ Action }) => Action)).not.toContain("DeleteSecurityGroup");
  });
});

describe("the home directories of a domain", () => {
  it("can be deleted before the domain", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    studio.homes.isEmptied = true;
    await studio.send("DeleteDomain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
    expect(studio.store.all).toEqual([]);
  });

  it("are on a file system with SageMaker's tag and one mount target in each zone", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain({
      KmsKeyId: "key",
      SubnetIds: ["subnet-1", "subnet-2", "subnet-1b"],
    });
    await expect(studio.send("DescribeDomain", { DomainId })).resolves.toMatchObject({
      HomeEfsFileSystemId: "fs-1",
    });
    const Value = `arn:aws:sagemaker:eu-west-1:${LOB}:domain/${DomainId}`;
    expect(studio.homes.made).toEqual([
      expect.objectContaining({
        Encrypted: true,
        KmsKeyId: "key",
        Tags: [{ Key: "ManagedByAmazonSageMakerResource", Value }],
      }),
      { FileSystemId: "fs-1", SubnetId: "subnet-1b", SecurityGroups: ["sg-1"] },
      { FileSystemId: "fs-1", SubnetId: "subnet-2", SecurityGroups: ["sg-1"] },
    ]);
  });

  it("have two groups in the domain's VPC, whose rules name only each other", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    const { ec2 } = studio.homes;
    const made = ec2.filter(({ Action }) => Action === "CreateSecurityGroup");
    expect(made.map(({ GroupName, VpcId }) => [GroupName, VpcId])).toEqual([
      [`security-group-for-inbound-nfs-${DomainId}`, "vpc-1"],
      [`security-group-for-outbound-nfs-${DomainId}`, "vpc-1"],
    ]);
    expect(ec2.filter(({ Action }) => Action === "RevokeSecurityGroupEgress")).toHaveLength(2);
    expect(ec2.slice(-2)).toEqual([
      expect.objectContaining({
        Action: "AuthorizeSecurityGroupIngress",
        GroupId: "sg-1",
        "IpPermissions.3.FromPort": "2049",
        "IpPermissions.3.Groups.1.GroupId": "sg-2",
      }),
      expect.objectContaining({
        Action: "AuthorizeSecurityGroupEgress",
        GroupId: "sg-2",
        "IpPermissions.3.FromPort": "2049",
        "IpPermissions.3.Groups.1.GroupId": "sg-1",
      }),
    ]);
  });

  it("let the creation of the domain fail when moto cannot create them", async () => {
    const studio = new Studio();
    studio.homes.isBroken = true;
    await expect(studio.domain()).rejects.toThrow(
      "moto answered POST /2015-02-01/file-systems with HTTP 500",
    );
    expect(studio.store.all).toEqual([]);
  });
});

describe("a resource in a domain", () => {
  it("has a unique name", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    await studio.profile(DomainId);
    await expect(studio.profile(DomainId)).rejects.toMatchObject({ code: "ResourceInUse" });
    await expect(studio.profile(DomainId, "user_b")).rejects.toMatchObject({ code: "ValidationException" });
    await expect(studio.profile("d-unknown")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  it("is listed as deleted when it is an app, whose name can be used again", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    await studio.profile(DomainId);
    const app = { DomainId, UserProfileName: "user-a", AppType: "Canvas", AppName: "default" };
    await studio.send("CreateApp", app);
    await studio.send("DeleteApp", app);
    expect(await studio.send("DescribeApp", app)).toMatchObject({ Status: "Deleted" });
    await studio.send("CreateApp", app);
    expect(await studio.send("DescribeApp", app)).toMatchObject({ Status: "InService" });
  });

  it("cannot be an app of Studio Classic", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    const app = { DomainId, UserProfileName: "user-a", AppType: "JupyterServer", AppName: "default" };
    await expect(studio.send("CreateApp", app)).rejects.toMatchObject({ code: "ValidationException" });
  });

  it("is listed by domain and by name", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain();
    await studio.profile(DomainId, "user-a");
    await studio.profile(DomainId, "user-b");
    const names = async (input: object): Promise<unknown[]> => {
      const { UserProfiles } = await studio.send("ListUserProfiles", input);
      return (UserProfiles as Answer[]).map((profile) => profile["UserProfileName"]);
    };
    expect(await names({ DomainIdEquals: DomainId })).toEqual(["user-a", "user-b"]);
    expect(await names({ DomainIdEquals: "d-other" })).toEqual([]);
    expect(await names({ UserProfileNameContains: "B" })).toEqual(["user-b"]);
  });

  it("has its own tags", async () => {
    const studio = new Studio();
    const DomainId = await studio.domain({ Tags: [{ Key: "a", Value: "1" }] });
    const ResourceArn = `arn:aws:sagemaker:eu-west-1:${LOB}:domain/${DomainId}`;
    await studio.send("AddTags", { ResourceArn, Tags: [{ Key: "b", Value: "2" }] });
    await studio.send("DeleteTags", { ResourceArn, TagKeys: ["a"] });
    expect(await studio.send("ListTags", { ResourceArn })).toEqual({ Tags: [{ Key: "b", Value: "2" }] });
    expect(await studio.send("ListTags", { ResourceArn: "arn:aws:sagemaker:eu-west-1:1:model/m" })).toEqual({
      by: "moto",
    });
  });
});

describe("CreatePresignedDomainUrl", () => {
  async function setUp(
    options: object = {},
  ): Promise<{ studio: Studio; DomainId: string; UserProfileName: string }> {
    const studio = new Studio();
    const DomainId = await studio.domain(options);
    await studio.profile(DomainId);
    return { studio, DomainId, UserProfileName: "user-a" };
  }

  it("returns a URL whose token is passed to the data plane", async () => {
    const { studio, ...who } = await setUp();
    const input = {
      ...who,
      ExpiresInSeconds: 20,
      SessionExpirationDurationInSeconds: 3600,
      LandingUri: "studio::",
    };
    const before = Date.now();
    const { AuthorizedUrl } = await studio.send("CreatePresignedDomainUrl", input);
    const url = new URL(AuthorizedUrl as string);
    expect(url.origin + url.pathname).toBe(`https://${who.DomainId}.studio.eu-west-1.sagemaker.aws/auth`);
    expect(studio.issued).toMatchObject([
      {
        token: url.searchParams.get("token"),
        account: LOB,
        domainId: who.DomainId,
        userProfileName: "user-a",
        sessionSeconds: 3600,
        landingUri: "studio::",
        accessKeyId: "test",
      },
    ]);
    const life = studio.issued[0]!.expiresAt.getTime() - before;
    expect(life).toBeGreaterThanOrEqual(20_000);
    expect(life).toBeLessThan(25_000);
  });

  it("returns a new token with every URL", async () => {
    const { studio, ...who } = await setUp();
    await studio.send("CreatePresignedDomainUrl", who);
    await studio.send("CreatePresignedDomainUrl", who);
    expect(new Set(studio.issued.map(({ token }) => token)).size).toBe(2);
  });

  it.each([
    ["a URL of 4 seconds", { ExpiresInSeconds: 4 }],
    ["a URL of 301 seconds", { ExpiresInSeconds: 301 }],
    ["a session of 1799 seconds", { SessionExpirationDurationInSeconds: 1799 }],
    ["a session of 43201 seconds", { SessionExpirationDurationInSeconds: 43_201 }],
    ["a lifetime that is not a number", { ExpiresInSeconds: "20" }],
    ["a landing page that is too long", { LandingUri: `studio::${"x".repeat(1023)}` }],
    ["an invalid domain id", { DomainId: "domain" }],
  ])("refuses %s", async (_name, change) => {
    const { studio, ...who } = await setUp();
    await expect(studio.send("CreatePresignedDomainUrl", { ...who, ...change })).rejects.toMatchObject({
      code: "ValidationException",
    });
    expect(studio.issued).toEqual([]);
  });

  it.each([
    ["profile", { UserProfileName: "user-b" }],
    ["domain", { DomainId: "d-unknown" }],
  ])("refuses a %s that does not exist", async (_name, change) => {
    const { studio, ...who } = await setUp();
    await expect(studio.send("CreatePresignedDomainUrl", { ...who, ...change })).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
  });

  it("refuses a domain with SSO authentication", async () => {
    const { studio, ...who } = await setUp({ AuthMode: "SSO" });
    await expect(studio.send("CreatePresignedDomainUrl", who)).rejects.toMatchObject({
      code: "ValidationException",
    });
  });
});

describe("another operation of SageMaker", () => {
  it("is forwarded to moto", async () => {
    expect(await new Studio().send("ListModels")).toEqual({ by: "moto" });
  });
});

describe("a new profile", () => {
  it("is pending, cannot be opened, and is in use; then it is in service", async () => {
    const studio = new Studio();
    studio.profilesAreReady = false;
    const profile = { DomainId: await studio.domain(), UserProfileName: "user-a" };
    await studio.send("CreateUserProfile", profile);
    expect(await studio.send("DescribeUserProfile", profile)).toMatchObject({ Status: "Pending" });
    await expect(studio.send("CreatePresignedDomainUrl", profile)).rejects.toMatchObject({
      code: "ValidationException",
    });
    await expect(studio.send("CreateUserProfile", profile)).rejects.toMatchObject({ code: "ResourceInUse" });
    for (const finish of studio.unfinished) finish();
    expect(await studio.send("DescribeUserProfile", profile)).toMatchObject({ Status: "InService" });
    expect(await studio.send("CreatePresignedDomainUrl", profile)).toHaveProperty("AuthorizedUrl");
  });

  it("is ready after two seconds", () => {
    jest.useFakeTimers();
    const stored = new StudioStore().put({
      kind: "UserProfile",
      arn: "arn",
      account: LOB,
      region: "eu-west-1",
      domainId: "d-abc",
      name: "user-a",
      fields: {},
      tags: new Map(),
    });
    expect(stored.status).toBe("Pending");
    jest.advanceTimersByTime(2000);
    jest.useRealTimers();
    expect(stored.status).toBe("InService");
  });
});
