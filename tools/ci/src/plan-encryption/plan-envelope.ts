import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** The encryption context of a plan: decrypting it with any other context fails. */
export interface EncryptionContext extends Readonly<Record<string, string>> {
  readonly environment: string;
  /** Commit that was planned. */
  readonly commit: string;
  readonly stack: string;
}

/** Generates and decrypts data keys, one per file: KMS does it, with the key of the stack `ci-access`. */
export interface DataKeys {
  generate(
    context: EncryptionContext,
  ): Promise<{ readonly key: Uint8Array; readonly encryptedKey: Uint8Array }>;
  /** Rejects where the key was generated with another context. */
  decrypt(encryptedKey: Uint8Array, context: EncryptionContext): Promise<Uint8Array>;
}

const ALGORITHM = "aes-256-gcm";

interface Envelope {
  readonly version: 1;
  /** Base64, each. */
  readonly sealedKey: string;
  readonly nonce: string;
  readonly tag: string;
  readonly text: string;
}

/** Encrypts a plan file, which holds secrets: while it waits, everybody who may read the repository can download it. */
export async function encryptPlan(
  plain: Uint8Array,
  context: EncryptionContext,
  dataKeys: DataKeys,
): Promise<string> {
  const { key, encryptedKey } = await dataKeys.generate(context);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  const envelope: Envelope = {
    version: 1,
    sealedKey: base64(encryptedKey),
    nonce: base64(nonce),
    tag: base64(cipher.getAuthTag()),
    text: base64(text),
  };
  return JSON.stringify(envelope);
}

/** @throws {Error} when it was encrypted with another context, or changed since */
export async function decryptPlan(
  encrypted: string,
  context: EncryptionContext,
  dataKeys: DataKeys,
): Promise<Uint8Array> {
  const { version, sealedKey, nonce, tag, text } = JSON.parse(encrypted) as Envelope;
  if ((version as number) !== 1)
    throw new Error(`The plan of ${context.stack} is encrypted in an unknown format.`);
  const key = await dataKeys.decrypt(Buffer.from(sealedKey, "base64"), context);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, "base64"), { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(tag, "base64"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]);
  } catch {
    throw new Error(`The plan of ${context.stack} was changed after it was encrypted: it is not applied.`);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
