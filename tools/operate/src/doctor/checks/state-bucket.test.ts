import type { S3State } from "../doctor-config";
import { CONFIG, fakeFacts, inShort } from "../testing/fake-facts";
import { known, unknown } from "../finding";
import { bucketFindings, stateBucketCheck } from "./state-bucket";
import type { Bucket, BucketFacts } from "./state-bucket-reader";

const STATE: S3State = { backend: "s3", bucket: "our-state", region: "eu-west-1", kmsKeyId: "alias/k" };
const GOOD: BucketFacts = {
  region: "eu-west-1",
  versioned: true,
  encryption: "aws:kms",
  blocked: true,
  isPublic: false,
};

/** Findings that are not ok. */
function faults(change: Partial<BucketFacts>, state: Partial<S3State> = {}): readonly string[] {
  const { kmsKeyId, ...rest } = { ...STATE, ...state };
  const findings = bucketFindings(
    { ...rest, ...(kmsKeyId === undefined || kmsKeyId === "" ? {} : { kmsKeyId }) },
    { ...GOOD, ...change },
    false,
  );
  return findings
    .filter(({ result }) => result !== "ok")
    .map(({ check, result, detail }) => `${result} ${check}: ${detail}`);
}

describe("the state's bucket", () => {
  it("passes when it exists and is versioned, encrypted and private", () => {
    expect(bucketFindings(STATE, GOOD, false).map(({ result }) => result)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(faults({ region: undefined })).toEqual([]);
    expect(faults({ encryption: "AES256" }, { kmsKeyId: "" })).toEqual([]);
  });

  it.each([
    [
      "in another region",
      { region: "us-east-1" },
      "fail state bucket: our-state is in us-east-1, the config says eu-west-1",
    ],
    [
      "without versions",
      { versioned: false },
      "fail state bucket (versions): old versions are not kept: a damaged state would be lost",
    ],
    [
      "without encryption",
      { encryption: "none" },
      "fail state bucket (encryption): nothing is encrypted by default",
    ],
    [
      "without Block Public Access",
      { blocked: false },
      "fail state bucket (public access): not blocked in all four ways, and the state holds secrets",
    ],
    [
      "that is public, with or without Block Public Access",
      { isPublic: true },
      "fail state bucket (public access): its policy makes it public: the state holds secrets",
    ],
    [
      "whose versioning the credentials may not read",
      { versioned: "?" },
      "warn state bucket (versions): not checked: s3:GetBucketVersioning is denied",
    ],
    [
      "whose encryption the credentials may not read",
      { encryption: "?" },
      "warn state bucket (encryption): not checked: s3:GetEncryptionConfiguration is denied",
    ],
    [
      "whose Block Public Access the credentials may not read",
      { blocked: "?" },
      "warn state bucket (public access): not checked: s3:GetBucketPublicAccessBlock is denied",
    ],
  ] as const)("%s does not pass", (_what, change, expected) => {
    expect(faults(change)).toEqual([expected]);
  });

  it("gives a warning when it has its own KMS key and Terraform would not use that key", () => {
    expect(faults({}, { kmsKeyId: "" })).toEqual([
      "warn state bucket (encryption): aws:kms by default, but without state.kmsKeyId Terraform asks for S3's own key",
    ]);
  });

  it.each([
    [true, /the stack `state` makes it while the state is still local/],
    [false, /make it, or set stateBucket/],
  ])("fails with a remedy when it is missing (made by the stack state: %s)", (isOurs, remedy) => {
    const bucket: Bucket = { missing: "there is no such bucket" };
    expect(bucketFindings(STATE, bucket, isOurs)).toEqual([
      {
        check: "state bucket",
        result: "fail",
        detail: "our-state: there is no such bucket",
        remedy: expect.stringMatching(remedy) as string,
      },
    ]);
  });
});

describe("the check of the state's bucket", () => {
  it("checks nothing when the state is local", async () => {
    const never = (): Promise<never> => Promise.reject(new Error("not asked"));
    await expect(stateBucketCheck(fakeFacts(), never).find()).resolves.toMatchObject([
      { result: "ok", detail: expect.stringContaining(".studio-access/state/test") as unknown },
    ]);
  });

  it("reads the bucket of the config", async () => {
    const facts = fakeFacts({ config: known({ ...CONFIG, state: STATE }) });
    const asked: string[] = [];
    const check = stateBucketCheck(facts, ({ bucket }) => {
      asked.push(bucket);
      return Promise.resolve(GOOD);
    });
    expect(inShort(await check.find())).toEqual([
      "ok state bucket",
      "ok state bucket (versions)",
      "ok state bucket (encryption)",
      "ok state bucket (public access)",
    ]);
    expect(asked).toEqual(["our-state"]);
  });

  it("is a warning when the config cannot be used", async () => {
    const facts = fakeFacts({ config: unknown("the config cannot be used") });
    expect(inShort(await stateBucketCheck(facts).find())).toEqual(["warn state bucket"]);
  });
});
