import type { AwsCall, Reply } from "../../server/call";
import { FakeMoto, fakeCall, xmlAnswer } from "../testing/fake-moto";
import { S3Service } from "./s3-service";

const TLS_ONLY = {
  Sid: "NoPlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "arn:aws:s3:::ours/*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const NO_DELETE = {
  Sid: "NoDelete",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:DeleteObject",
  Resource: "*",
};

function policy(...statements: object[]): string {
  // Indented, so that a policy that was parsed and serialized again differs from the one that was put.
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 1);
}

function s3Call(method: string, path: string, body = ""): AwsCall {
  return fakeCall({ service: "s3", method, path, body });
}

/** A moto that stores one setting of one bucket. */
function motoWithBucket(): { readonly moto: FakeMoto; readonly s3: S3Service } {
  let kept: string | undefined;
  const moto = new FakeMoto({
    forward: (call, change): Reply => {
      if (call.method === "PUT") kept = (change?.body ?? call.body).toString();
      if (call.method === "DELETE") kept = undefined;
      if (call.method !== "GET") return xmlAnswer("", 204);
      return kept === undefined ? xmlAnswer("<Error/>", 404) : xmlAnswer(kept);
    },
  });
  return { moto, s3: new S3Service(moto) };
}

describe("a bucket's policy", () => {
  it("is forwarded to moto without its conditional statements, which moto would always enforce", async () => {
    const { moto, s3 } = motoWithBucket();
    await s3.handle(s3Call("PUT", "/ours?policy", policy(TLS_ONLY, NO_DELETE)));
    expect(JSON.parse(moto.forwarded[0]!.body)).toEqual({ Version: "2012-10-17", Statement: [NO_DELETE] });
  });

  it("is given back as it was put", async () => {
    const { s3 } = motoWithBucket();
    const text = policy(TLS_ONLY);
    await s3.handle(s3Call("PUT", "/ours?policy", text));
    const reply = await s3.handle(s3Call("GET", "/ours?policy"));
    expect(reply.body.toString()).toBe(text);
    expect(reply.headers["content-length"]).toBeUndefined();
  });

  it("does not exist when moto answers that it does not", async () => {
    const { s3 } = motoWithBucket();
    await s3.handle(s3Call("PUT", "/ours?policy", policy(TLS_ONLY)));
    await s3.handle(s3Call("DELETE", "/ours?policy"));
    expect((await s3.handle(s3Call("GET", "/ours?policy"))).status).toBe(404);
  });

  it("may be a single statement instead of a list", async () => {
    const { moto, s3 } = motoWithBucket();
    await s3.handle(s3Call("PUT", "/ours?policy", JSON.stringify({ Statement: NO_DELETE })));
    expect(JSON.parse(moto.forwarded[0]!.body)).toEqual({ Statement: [NO_DELETE] });
  });

  it("is not stored when moto refuses it", async () => {
    const moto = new FakeMoto({
      forward: (call) =>
        call.method === "PUT" ? xmlAnswer("<Error/>", 404) : xmlAnswer("what moto has", 200),
    });
    const s3 = new S3Service(moto);
    await s3.handle(s3Call("PUT", "/gone?policy", policy(TLS_ONLY)));
    expect((await s3.handle(s3Call("GET", "/gone?policy"))).body.toString()).toBe("what moto has");
  });

  it.each([
    ["is no JSON", "policy", "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'"],
    ["is cut off", "{", "MalformedPolicy", "This policy contains invalid Json"],
    [
      "has no principal",
      policy({ ...NO_DELETE, Principal: undefined }),
      "MalformedPolicy",
      "Missing required field Principal",
    ],
    [
      "has no effect",
      policy({ ...NO_DELETE, Effect: undefined }),
      "MalformedPolicy",
      "Missing required field Effect",
    ],
    [
      "has an unknown effect",
      policy({ ...NO_DELETE, Effect: "deny" }),
      "MalformedPolicy",
      "Invalid effect: deny",
    ],
    [
      "is over 20 kilobytes",
      policy({ ...NO_DELETE, Sid: "x".repeat(20_400) }),
      "PolicyTooLarge",
      "Policy exceeds the maximum size of 20480 bytes.",
    ],
  ])("is refused as by S3 when it %s", async (_what, text, code, message) => {
    const { moto, s3 } = motoWithBucket();
    const put = s3.handle(s3Call("PUT", "/ours?policy", text));
    await expect(put).rejects.toMatchObject({ code, message, status: 400 });
    expect(moto.forwarded).toEqual([]);
  });
});

describe("a bucket's lifecycle", () => {
  it("is returned as it was put, and is forwarded to moto", async () => {
    const { moto, s3 } = motoWithBucket();
    const text = "<LifecycleConfiguration><Rule><Filter/></Rule></LifecycleConfiguration>";
    await s3.handle(s3Call("PUT", "/ours?lifecycle", text));
    expect(moto.forwarded[0]!.body).toBe(text);
    expect((await s3.handle(s3Call("GET", "/ours?lifecycle"))).body.toString()).toBe(text);
  });

  it("is stored separately from the policy, and from another bucket's lifecycle", async () => {
    const { s3 } = motoWithBucket();
    await s3.handle(s3Call("PUT", "/ours?lifecycle", "<Ours/>"));
    await s3.handle(s3Call("PUT", "/theirs?lifecycle", "<Theirs/>"));
    expect((await s3.handle(s3Call("GET", "/ours?lifecycle"))).body.toString()).toBe("<Ours/>");
    expect((await s3.handle(s3Call("GET", "/ours?policy"))).body.toString()).toBe("<Theirs/>");
  });
});

describe("a bucket's versioning", () => {
  const suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

  it("stays enabled in moto when it is suspended, so that existing versions can be deleted", async () => {
    const { moto, s3 } = motoWithBucket();
    await s3.handle(s3Call("PUT", "/ours?versioning", suspended));
    expect(moto.forwarded[0]!.body).toContain("<Status>Enabled</Status>");
    expect((await s3.handle(s3Call("GET", "/ours?versioning"))).body.toString()).toBe(suspended);
  });
});

describe("S3", () => {
  it.each([
    ["an object", "PUT", "/ours/key"],
    ["an object whose key looks like a policy", "PUT", "/ours/policy"],
    ["a version of an object", "GET", "/ours/key?policy"],
    ["another setting of a bucket", "PUT", "/ours?encryption"],
    ["the list of buckets", "GET", "/"],
  ])("forwards %s to moto unchanged", async (_what, method, path) => {
    const { moto, s3 } = motoWithBucket();
    const body = policy(TLS_ONLY);
    await s3.handle(s3Call(method, path, body));
    expect(moto.forwarded.map((sent) => sent.body)).toEqual([body]);
  });
});

describe("a bucket that was deleted and made again", () => {
  const versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const unset = "<VersioningConfiguration/>";

  /** A moto that deletes the bucket, or refuses to, and whose buckets have no versioning. */
  async function versioningAfter(deletion: string, status = 204): Promise<string> {
    const moto = new FakeMoto({
      forward: ({ method }) =>
        method === "GET" ? xmlAnswer(unset) : xmlAnswer("", method === "PUT" ? 200 : status),
    });
    const s3 = new S3Service(moto);
    await s3.handle(s3Call("PUT", "/ours?versioning", versioning));
    await s3.handle(s3Call("DELETE", deletion));
    return (await s3.handle(s3Call("GET", "/ours?versioning"))).body.toString();
  }

  it.each(["/ours", "/ours/", "/ours?x-id=DeleteBucket"])(
    "begins without versioning (DELETE %s)",
    async (path) => {
      await expect(versioningAfter(path)).resolves.toBe(unset);
    },
  );

  it.each([
    ["an object is deleted", "/ours/key", 204],
    ["a setting is deleted", "/ours?lifecycle", 204],
    ["another bucket is deleted", "/theirs", 204],
    ["the bucket is not empty", "/ours", 409],
  ])("keeps it when %s", async (_what, path, status) => {
    await expect(versioningAfter(path, status)).resolves.toBe(versioning);
  });
});
