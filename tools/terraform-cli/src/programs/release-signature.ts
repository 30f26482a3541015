import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMessage, readKey, readSignature, verify } from "openpgp";

/** Last half of the id of HashiCorp's key, which is part of its signatures' file names: `SHA256SUMS.72D7468F.sig`. */
export const HASHICORP_KEY_ID = "72D7468F";

/**
 * HashiCorp's public key, armored: C874 011F 0AB4 0511 0D02 1055 3436 5D94 72D7 468F, from hashicorp.com/security. It is
 * part of this repository and never downloaded, since a key from the same server as the signature would prove nothing.
 *
 * It holds HashiCorp's certifications of 2021 and of 2026: the former applies to releases that were signed before 2026.
 */
export function hashicorpKey(): Promise<string> {
  return readFile(join(__dirname, "hashicorp.asc"), "utf8");
}

/**
 * Makes sure that the text was signed with the key at a time when the key was valid.
 *
 * @param signature a detached OpenPGP signature, binary
 * @param armoredKey the public key that must have signed
 * @throws {Error} when it was not, or when the signature cannot be read
 */
export async function requireSignature(
  text: string,
  signature: Uint8Array,
  armoredKey: string,
): Promise<void> {
  await verify({
    message: await createMessage({ binary: Buffer.from(text) }),
    signature: await readSignature({ binarySignature: signature }),
    verificationKeys: (await readKey({ armoredKey })).toPublic(),
    // Without this option, `verify` also resolves for an invalid signature.
    expectSigned: true,
  });
}
