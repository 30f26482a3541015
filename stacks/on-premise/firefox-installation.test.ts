import { FIREFOX_INSTALLATION } from "./firefox-installation";

/** Lines that are not comments. */
const LINES = FIREFOX_INSTALLATION.split("\n").filter((line) => !line.startsWith("#"));

function lineOf(text: string): number {
  const found = LINES.flatMap((line, index) => (line.includes(text) ? [index] : []));
  expect({ text, lines: found.length }).toEqual({ text, lines: 1 });
  return found[0]!;
}

describe("the installation of Firefox", () => {
  it("stops at the first error", () => {
    expect(LINES.slice(0, 2)).toEqual(["<powershell>", '$ErrorActionPreference = "Stop"']);
  });

  it("fetches Mozilla's installer, over TLS and from nowhere else", () => {
    expect(FIREFOX_INSTALLATION.match(/\w+:\/\/[^"\s]+/g)).toEqual([
      "https://download.mozilla.org/?product=firefox-esr-msi-latest-ssl&os=win64&lang=en-US",
    ]);
  });

  it("runs the installer only behind the check of who signed it", () => {
    const check = lineOf('if ($signature.Status -ne "Valid" -or $signer -cne "Mozilla Corporation") {');
    expect(lineOf("Get-AuthenticodeSignature")).toBeLessThan(check);
    expect(LINES[check + 2]).toMatch(/^ {2}throw /);
    expect(lineOf("Start-Process")).toBeGreaterThan(check);
    expect(lineOf("Start-Process")).toBeGreaterThan(lineOf("Invoke-WebRequest"));
  });

  it("keeps Firefox from asking a public resolver, which knows none of the private names", () => {
    const policies = LINES.find((line) => line.includes("DNSOverHTTPS"));
    expect(JSON.parse(/'(.+)'/.exec(policies ?? "")?.[1] ?? "")).toEqual({
      policies: { DNSOverHTTPS: { Enabled: false, Locked: true } },
    });
    expect(lineOf("policies.json")).toBeGreaterThan(lineOf("$setup.ExitCode -notin"));
    expect(FIREFOX_INSTALLATION).toContain("Mozilla Firefox\\distribution");
  });

  it("leaves nothing for Terraform to fill in", () => {
    expect(FIREFOX_INSTALLATION).not.toMatch(/[$%]\{/);
  });
});
