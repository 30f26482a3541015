/**
 * Script for a Windows instance's first start: installs the newest Firefox ESR from Mozilla's own installer.
 *
 * The installer runs as an administrator, so it must be Mozilla's. A version with its SHA-256 would say so too, but it
 * would also freeze a browser that needs its security fixes, and this source would have to follow every release. The
 * script rather checks what holds for each release: an unbroken Authenticode signature, by Mozilla Corporation, whose
 * chain Windows trusts. Anything else is deleted unopened. Firefox keeps itself up to date from then on.
 *
 * Windows Server carries winget in some releases only, and not for the account that runs this.
 *
 * No `${` in here: Terraform would fill it in.
 */
export const FIREFOX_INSTALLATION = `<powershell>
$ErrorActionPreference = "Stop"
# The progress bar slows downloads down many times over.
$ProgressPreference = "SilentlyContinue"
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12

$url = "https://download.mozilla.org/?product=firefox-esr-msi-latest-ssl&os=win64&lang=en-US"
$installer = Join-Path $env:TEMP "firefox-esr.msi"
foreach ($attempt in 1..5) {
  try { Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $installer; break }
  catch { if ($attempt -eq 5) { throw }; Start-Sleep -Seconds 20 }
}

$signature = Get-AuthenticodeSignature -FilePath $installer
$signer = if ($signature.SignerCertificate) { $signature.SignerCertificate.GetNameInfo("SimpleName", $false) }
if ($signature.Status -ne "Valid" -or $signer -cne "Mozilla Corporation") {
  Remove-Item -Force $installer
  throw "Firefox is not installed: signature $($signature.Status), signed by '$signer'"
}

$setup = Start-Process msiexec.exe -ArgumentList "/i \`"$installer\`" /qn /norestart" -Wait -PassThru
Remove-Item -Force $installer
# 3010: installed, and Windows would like to restart.
if ($setup.ExitCode -notin 0, 3010) { throw "Firefox is not installed: msiexec ended with $($setup.ExitCode)" }

# Firefox may ask a public resolver over HTTPS, which knows none of the private names. It also cannot ask it here then.
$distribution = Join-Path $env:ProgramFiles "Mozilla Firefox\\distribution"
New-Item -ItemType Directory -Force -Path $distribution | Out-Null
'{ "policies": { "DNSOverHTTPS": { "Enabled": false, "Locked": true } } }' |
  Set-Content -Encoding ascii -Path (Join-Path $distribution "policies.json")
</powershell>
`;
