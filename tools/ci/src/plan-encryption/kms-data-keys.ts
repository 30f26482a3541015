import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

import type { DataKeys } from "./plan-envelope";

/** @param keyAlias `alias/…` of the key that the stack `ci-access` makes */
export function kmsDataKeys(kms: Pick<KMSClient, "send">, keyAlias: string): DataKeys {
  return {
    async generate(context) {
      const { Plaintext, CiphertextBlob } = await kms.send(
        new GenerateDataKeyCommand({
          KeyId: keyAlias,
          KeySpec: "AES_256",
          EncryptionContext: { ...context },
        }),
      );
      if (Plaintext === undefined || CiphertextBlob === undefined)
        throw new Error("KMS generated no data key.");
      return { key: Plaintext, encryptedKey: CiphertextBlob };
    },
    async decrypt(encryptedKey, context) {
      const { Plaintext } = await kms.send(
        new DecryptCommand({
          KeyId: keyAlias,
          CiphertextBlob: encryptedKey,
          EncryptionContext: { ...context },
        }),
      );
      if (Plaintext === undefined) throw new Error("KMS decrypted no data key.");
      return Plaintext;
    },
  };
}
