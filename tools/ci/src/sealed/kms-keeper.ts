import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

import type { KeyKeeper } from "./seal";

/** @param keyAlias `alias/…` of the key that the stack `ci-access` makes */
export function kmsKeeper(kms: Pick<KMSClient, "send">, keyAlias: string): KeyKeeper {
  return {
    async make(context) {
      const { Plaintext, CiphertextBlob } = await kms.send(
        new GenerateDataKeyCommand({
          KeyId: keyAlias,
          KeySpec: "AES_256",
          EncryptionContext: { ...context },
        }),
      );
      if (Plaintext === undefined || CiphertextBlob === undefined) throw new Error("KMS made no key.");
      return { key: Plaintext, sealedKey: CiphertextBlob };
    },
    async open(sealedKey, context) {
      const { Plaintext } = await kms.send(
        new DecryptCommand({ KeyId: keyAlias, CiphertextBlob: sealedKey, EncryptionContext: { ...context } }),
      );
      if (Plaintext === undefined) throw new Error("KMS opened no key.");
      return Plaintext;
    },
  };
}
