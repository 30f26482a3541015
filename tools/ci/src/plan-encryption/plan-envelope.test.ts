import { randomBytes } from "node:crypto";

import { kmsDataKeys } from "./kms-data-keys";
import { encryptPlan, decryptPlan, type EncryptionContext } from "./plan-envelope";

type Kms = Parameters<typeof kmsDataKeys>[0];

/** KMS, reduced to data keys: it decrypts a key only with the encryption context that the key was generated with. */
function fakeKms(): Kms {
  const made = new Map<string, { readonly key: Uint8Array; readonly context: string }>();
  const send = (command: { readonly input: Record<string, unknown> }): Promise<unknown> => {
    const context = JSON.stringify(command.input["EncryptionContext"]);
    const asked = command.input["CiphertextBlob"];
    if (asked === undefined) {
      const blob = randomBytes(16);
      const key = randomBytes(32);
      made.set(blob.toString("hex"), { key, context });
      return Promise.resolve({ Plaintext: key, CiphertextBlob: blob });
    }
    const found = made.get(Buffer.from(asked as Uint8Array).toString("hex"));
    if (found?.context !== context) return Promise.reject(new Error("InvalidCiphertextException"));
    return Promise.resolve({ Plaintext: found.key });
  };
  return { send };
}

describe("an encrypted plan", () => {
  const context: EncryptionContext = { environment: "prod", commit: "abc", stack: "networking" };
  const dataKeys = kmsDataKeys(fakeKms(), "alias/plans");
  const plan = Buffer.from("a plan with a secret in it");

  it("decrypts to the same bytes with the same encryption context", async () => {
    const sealed = await encryptPlan(plan, context, dataKeys);
    expect(sealed).not.toContain(plan.toString("base64"));
    expect(Buffer.from(await decryptPlan(sealed, context, dataKeys))).toEqual(plan);
  });

  it.each([
    ["commit", { ...context, commit: "def" }],
    ["stack", { ...context, stack: "access" }],
    ["environment", { ...context, environment: "test" }],
  ])("does not decrypt for another %s", async (_what, other) => {
    await expect(decryptPlan(await encryptPlan(plan, context, dataKeys), other, dataKeys)).rejects.toThrow(
      "InvalidCiphertext",
    );
  });

  it.each(["text", "tag", "nonce"])("does not decrypt when its %s was changed", async (part) => {
    const envelope = JSON.parse(await encryptPlan(plan, context, dataKeys)) as Record<string, string>;
    const bytes = Buffer.from(envelope[part]!, "base64");
    bytes[0]! ^= 1;
    const changed = JSON.stringify({ ...envelope, [part]: bytes.toString("base64") });
    await expect(decryptPlan(changed, context, dataKeys)).rejects.toThrow("changed after it was encrypted");
  });
});
