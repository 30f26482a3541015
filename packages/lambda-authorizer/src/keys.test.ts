import { generateKeyPairSync } from "node:crypto";
import { KEY_AGES, KeyStore } from "./keys";
import type { JwksUnavailable } from "./jwks-request";
import { createKey, jwkOf, type JwksServer, startJwksServer } from "./testing/issuer";
import { keyOfModulus, rocaModulus } from "./testing/weak-keys";

const first = createKey("first");
const second = createKey("second");

let server: JwksServer;
let clock: number;
let failures: JwksUnavailable[];
let keys: KeyStore;

beforeEach(async () => {
  server = await startJwksServer(first);
  clock = 0;
  failures = [];
  keys = new KeyStore({
    jwksUri: server.uri,
    timeoutMs: 5000,
    onFailure: (failure) => failures.push(failure),
    now: () => clock,
  });
});

afterEach(() => server.close());

function breakServer(): void {
  server.answer((_, response) => response.writeHead(500).end());
}

describe("a key store", () => {
  it("finds a published key, imported", async () => {
    expect((await keys.find("first"))?.equals(first.publicKey)).toBe(true);
  });

  it("imports a key once and reads the document once", async () => {
    const found = await keys.find("first");
    expect(await keys.find("first")).toBe(found);
    expect(server.requests).toHaveLength(1);
  });

  it("shares one reading between requests that come together", async () => {
    await Promise.all([keys.find("first"), keys.find("first"), keys.find("unknown")]);
    expect(server.requests).toHaveLength(1);
  });

  it("has the keys after a prefetch", async () => {
    await keys.prefetch();
    await server.close();
    expect(await keys.find("first")).toBeDefined();
  });

  it("survives a failed prefetch, and reads again for the first request", async () => {
    breakServer();
    await keys.prefetch();
    server.publish(first);
    expect(await keys.find("first")).toBeDefined();
    expect(failures).toMatchObject([{ reason: "status" }]);
  });

  it("finds a key that the issuer has added since", async () => {
    await keys.find("first");
    server.publish(first, second);
    clock += KEY_AGES.restAfterSuccess;
    expect((await keys.find("second"))?.equals(second.publicKey)).toBe(true);
  });

  it("forgets a key that the issuer has withdrawn", async () => {
    await keys.find("first");
    server.publish(second);
    clock += KEY_AGES.stale;
    expect(await keys.find("first")).toBeUndefined();
  });

  it("lets nobody wait while it renews the keys", async () => {
    await keys.find("first");
    server.answer(() => undefined);
    clock += KEY_AGES.fresh;
    expect(await keys.find("first")).toBeDefined();
  });

  it("forgets a withdrawn key as soon as it has renewed the keys", async () => {
    await keys.find("first");
    server.publish(second);
    clock += KEY_AGES.fresh;
    expect(await keys.find("first")).toBeDefined();
    await keys.find("second");
    expect(await keys.find("first")).toBeUndefined();
  });

  it.each(["unknown", "../../etc/passwd", "https://evil.example/keys", "__proto__", "constructor"])(
    "knows no key %j, and asks nobody but the issuer",
    async (kid) => {
      expect(await keys.find(kid)).toBeUndefined();
      expect(server.requests).toEqual(["/keys"]);
    },
  );

  it("does not let unknown key ids flood the issuer", async () => {
    for (let attempt = 0; attempt < 50; attempt++) await keys.find(`unknown-${attempt}`);
    expect(server.requests).toHaveLength(1);
  });

  it("reports an unknown key as unknown during the pause after a successful reading, which is seconds old", async () => {
    await keys.find("first");
    breakServer();
    clock += KEY_AGES.restAfterSuccess - 1;
    expect(await keys.find("unknown")).toBeUndefined();
  });

  it("reports an unknown key as our outage during the pause after a failed reading", async () => {
    breakServer();
    await expect(keys.find("first")).rejects.toMatchObject({ code: "jwks_unavailable", reason: "status" });
    server.publish(first);
    clock += KEY_AGES.restAfterFailure - 1;
    await expect(keys.find("first")).rejects.toMatchObject({ code: "jwks_unavailable" });
    expect(server.requests).toHaveLength(1);
  });

  it("recovers as soon as the pause after a failed reading is over", async () => {
    breakServer();
    await expect(keys.find("first")).rejects.toThrow();
    server.publish(first);
    clock += KEY_AGES.restAfterFailure;
    expect(await keys.find("first")).toBeDefined();
  });

  it("never makes a known key wait for a limit that unknown keys have used up", async () => {
    await keys.find("first");
    clock += KEY_AGES.fresh;
    await keys.find("unknown");
    expect(await keys.find("first")).toBeDefined();
  });

  it("uses its cached keys during an outage, and reports the failed reading", async () => {
    await keys.find("first");
    breakServer();
    clock += KEY_AGES.usable - 1;
    expect(await keys.find("first")).toBeDefined();
    expect(failures).toHaveLength(1);
  });

  it("ends access when an outage lasts longer than the cached keys", async () => {
    await keys.find("first");
    breakServer();
    clock += KEY_AGES.usable;
    await expect(keys.find("first")).rejects.toMatchObject({ code: "jwks_unavailable" });
  });

  it("keeps its cached keys when the issuer publishes a malformed document", async () => {
    await keys.find("first");
    server.answer((_, response) => response.end('{"keys":"none"}'));
    clock += KEY_AGES.stale;
    expect(await keys.find("first")).toBeDefined();
    expect(failures).toMatchObject([{ reason: "malformed" }]);
  });
});

describe("a key store takes RSA signing keys alone", () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });

  it.each<[string, unknown]>([
    ["an empty list", []],
    ["no list", {}],
    ["a key without an id", [{ ...jwkOf(first), kid: undefined }]],
    ["an encryption key", [{ ...jwkOf(first), use: "enc" }]],
    ["a key for another algorithm", [{ ...jwkOf(first), alg: "RS512" }]],
    ["a short key", [{ ...weak, kid: "first" }]],
    ["a key with the exponent 1", [{ ...jwkOf(first), e: "AQ" }]],
    ["a key that can be factored", [{ ...jwkOf({ ...first, publicKey: keyOfModulus(rocaModulus(7n)) }) }]],
    ["a key with the exponent 3", [{ ...jwkOf(first), e: "Aw" }]],
    ["an elliptic key", [{ ...elliptic, kid: "first" }]],
    ["a symmetric key", [{ kty: "oct", k: "AAAA", kid: "first" }]],
    ["a private key", [{ ...first.privateKey.export({ format: "jwk" }), kid: "first" }]],
    ["nonsense", [{ kty: "RSA", n: "!", e: "!", kid: "first" }, 1, null]],
  ])("so %s is a malformed document", async (_case, published) => {
    server.answer((_, response) => response.end(JSON.stringify({ keys: published })));
    await expect(keys.find("first")).rejects.toMatchObject({ reason: "malformed" });
  });

  it("and skips other keys beside an RSA signing key", async () => {
    server.answer((_, response) =>
      response.end(JSON.stringify({ keys: [null, 1, { ...elliptic, kid: "e" }, jwkOf(first)] })),
    );
    expect(await keys.find("first")).toBeDefined();
    expect(await keys.find("e")).toBeUndefined();
  });
});
