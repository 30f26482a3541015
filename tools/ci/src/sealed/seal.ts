import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** What a plan is sealed for: opening it for anything else fails. */
export interface SealContext extends Readonly<Record<string, string>> {
  readonly environment: string;
  /** Commit that was planned. */
  readonly commit: string;
  readonly stack: string;
}

/** Makes and opens keys for one file each: KMS, by the key of the stack `ci-access`. */
export interface KeyKeeper {
  make(context: SealContext): Promise<{ readonly key: Uint8Array; readonly sealedKey: Uint8Array }>;
  /** Rejects where the key was made for another context. */
  open(sealedKey: Uint8Array, context: SealContext): Promise<Uint8Array>;
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

/** Seals what a plan file holds, secrets among it, so that it may wait where everybody who reads the repository can get it. */
export async function seal(plain: Uint8Array, context: SealContext, keeper: KeyKeeper): Promise<string> {
  const { key, sealedKey } = await keeper.make(context);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  const envelope: Envelope = {
    version: 1,
    sealedKey: base64(sealedKey),
    nonce: base64(nonce),
    tag: base64(cipher.getAuthTag()),
    text: base64(text),
  };
  return JSON.stringify(envelope);
}

/** @throws {Error} when it was sealed for something else, or changed since */
export async function unseal(sealed: string, context: SealContext, keeper: KeyKeeper): Promise<Uint8Array> {
  const { version, sealedKey, nonce, tag, text } = JSON.parse(sealed) as Envelope;
  if ((version as number) !== 1)
    throw new Error(`The plan of ${context.stack} is sealed in a way that is not known here.`);
  const key = await keeper.open(Buffer.from(sealedKey, "base64"), context);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, "base64"), { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(tag, "base64"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]);
  } catch {
    throw new Error(`The plan of ${context.stack} was changed after it was sealed: it is not applied.`);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
