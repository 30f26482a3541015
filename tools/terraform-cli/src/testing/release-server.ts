import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createMessage, generateKey, sign, type PrivateKey } from "openpgp";
import { ZipFile } from "yazl";

/** How the server answers the request for an archive. */
export type Delivery = "whole" | "absent" | "cut off" | "changed" | "stuck";

/** A fake of HashiCorp's release server on a loopback port. */
export interface ReleaseServer {
  readonly url: string;
  /** Armored public key of the signature. */
  readonly signingKey: string;
  /** Every request so far: path, and Authorization header. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  /** Resolves when an archive is requested that the server never sends. */
  readonly stuck: Promise<void>;
  deliver(delivery: Delivery): void;
  /** Replaces SHA256SUMS, and signs it. */
  publishChecksums(text: string): Promise<void>;
  /** Replaces SHA256SUMS without a new signature. */
  forgeChecksums(text: string): void;
  /** Replaces the signature; undefined removes it. */
  replaceSignature(signature: Uint8Array | undefined): void;
  close(): Promise<void>;
}

/** An archive with these entries. */
export async function zipOf(entries: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A new key, only for tests. */
async function newKey(): Promise<{ readonly privateKey: PrivateKey; readonly publicKey: string }> {
  const { privateKey } = await generateKey({ userIDs: [{ name: "Releases" }], format: "object" });
  return { privateKey, publicKey: privateKey.toPublic().armor() };
}

async function signatureOf(text: string, signingKeys: PrivateKey): Promise<Uint8Array> {
  const message = await createMessage({ binary: Buffer.from(text) });
  return (await sign({ message, signingKeys, detached: true, format: "binary" })) as Uint8Array;
}

/** Serves one archive at the path of the given name, and its signed checksum beside it. */
export async function startReleaseServer(archive: Buffer, name: string): Promise<ReleaseServer> {
  const requests: ReleaseServer["requests"] = [];
  let delivery: Delivery = "whole";
  const key = await newKey();
  let checksums = `${createHash("sha256").update(archive).digest("hex")}  ${name}\n`;
  let signature: Uint8Array | undefined = await signatureOf(checksums, key.privateKey);
  const stuck = deferred();

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    requests.push({ path, authorization: request.headers.authorization });
    if (path.endsWith(".72D7468F.sig") && signature !== undefined) response.end(signature);
    else if (path.endsWith("SHA256SUMS")) response.end(checksums);
    else if (path.includes(name)) send(response, archive, delivery, stuck.resolve);
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signingKey: key.publicKey,
    requests,
    stuck: stuck.promise,
    deliver(next) {
      delivery = next;
    },
    async publishChecksums(text) {
      checksums = text;
      signature = await signatureOf(text, key.privateKey);
    },
    forgeChecksums(text) {
      checksums = text;
    },
    replaceSignature(other) {
      signature = other;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function send(response: ServerResponse, archive: Buffer, delivery: Delivery, onStuck: () => void): void {
  const half = archive.subarray(0, archive.length / 2);
  switch (delivery) {
    case "whole":
      response.end(archive);
      return;
    case "absent":
      response.writeHead(404).end("no such release");
      return;
    case "changed":
      response.end(Buffer.concat([archive, Buffer.from("!")]));
      return;
    case "cut off":
      response.writeHead(200, { "content-length": archive.length });
      response.write(half, () => response.destroy());
      return;
    case "stuck":
      response.writeHead(200, { "content-length": archive.length });
      response.write(half, onStuck);
      return;
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
