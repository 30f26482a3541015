import { readKey } from "openpgp";
import { HASHICORP_KEY_ID, hashicorpKey } from "./release-signature";

describe("HashiCorp's key", () => {
  it("is the one that HashiCorp publishes, by its fingerprint", async () => {
    const key = await readKey({ armoredKey: await hashicorpKey() });
    expect(key.getFingerprint().toUpperCase()).toBe("C874011F0AB405110D02105534365D9472D7468F");
    expect(key.getFingerprint().toUpperCase().endsWith(HASHICORP_KEY_ID)).toBe(true);
  });

  it.each([
    ["the pinned Terraform was released", "2025-04-09"],
    ["the key was certified anew", "2026-11-01"],
  ])("holds a subkey that signs releases, of the time when %s", async (_, day) => {
    const key = await readKey({ armoredKey: await hashicorpKey() });
    const signer = await key.getSigningKey(undefined, new Date(day));
    expect(signer.getFingerprint()).toBe("374ec75b485913604a831cc7c820c6d5cd27ab87");
  });

  it("is a public key alone", async () => {
    expect((await readKey({ armoredKey: await hashicorpKey() })).isPrivate()).toBe(false);
  });
});
