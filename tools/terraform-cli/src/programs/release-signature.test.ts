import { readKey } from "openpgp";
import { HASHICORP_KEY_ID, hashicorpKey } from "./release-signature";

describe("HashiCorp's key", () => {
  it("has the fingerprint that HashiCorp publishes", async () => {
    const key = await readKey({ armoredKey: await hashicorpKey() });
    expect(key.getFingerprint().toUpperCase()).toBe("C874011F0AB405110D02105534365D9472D7468F");
    expect(key.getFingerprint().toUpperCase().endsWith(HASHICORP_KEY_ID)).toBe(true);
  });

  it.each([
    ["the pinned Terraform was released", "2025-04-09"],
    ["the key was certified again", "2026-11-01"],
  ])("has a signing subkey that is valid on the day when %s", async (_, day) => {
    const key = await readKey({ armoredKey: await hashicorpKey() });
    const signer = await key.getSigningKey(undefined, new Date(day));
    expect(signer.getFingerprint()).toBe("374ec75b485913604a831cc7c820c6d5cd27ab87");
  });

  it("holds no private key", async () => {
    expect((await readKey({ armoredKey: await hashicorpKey() })).isPrivate()).toBe(false);
  });
});
