import { randomBytes } from "node:crypto";

import { kmsKeeper } from "./kms-keeper";
import { seal, unseal, type SealContext } from "./seal";

type Kms = Parameters<typeof kmsKeeper>[0];

/** KMS, as far as it goes: a key opens only with the context that it was made with. */
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

describe("a sealed plan", () => {
  const context: SealContext = { environment: "prod", commit: "abc", stack: "networking" };
  const keeper = kmsKeeper(fakeKms(), "alias/plans");
  const plan = Buffer.from("a plan with a secret in it");

  it("opens for what it was sealed for, to the byte", async () => {
    const sealed = await seal(plan, context, keeper);
    expect(sealed).not.toContain(plan.toString("base64"));
    expect(Buffer.from(await unseal(sealed, context, keeper))).toEqual(plan);
  });

  it.each([
    ["commit", { ...context, commit: "def" }],
    ["stack", { ...context, stack: "access" }],
    ["environment", { ...context, environment: "test" }],
  ])("does not open for another %s", async (_what, other) => {
    await expect(unseal(await seal(plan, context, keeper), other, keeper)).rejects.toThrow(
      "InvalidCiphertext",
    );
  });

  it.each(["text", "tag", "nonce"])("does not open when its %s was changed", async (part) => {
    const envelope = JSON.parse(await seal(plan, context, keeper)) as Record<string, string>;
    const bytes = Buffer.from(envelope[part]!, "base64");
    bytes[0]! ^= 1;
    const changed = JSON.stringify({ ...envelope, [part]: bytes.toString("base64") });
    await expect(unseal(changed, context, keeper)).rejects.toThrow("changed after it was sealed");
  });
});
