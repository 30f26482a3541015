import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes an executable shell script. @returns its path */
export async function writeProgram(path: string, body: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

/** Script of a fake Terraform that only prints its version. */
export function terraformScript(version: string): string {
  return `[ "$1 $2" = "version -json" ] && echo '{ "terraform_version": "${version}" }'`;
}

/** Environment variables that change `pythonScript`: any value switches one on. */
export type PythonKnob = "VENV_FAILS" | "VENV_HANGS" | "PIP_FAILS";

/**
 * Script of a fake Python that can create a virtual environment with a copy of itself, and prints a version of moto.
 */
export function pythonScript(versions: { python: string; moto: string }): string {
  return `
PATH=/usr/bin:/bin
case "$*" in
  "-c import platform"*) echo ${versions.python} ;;
  "-c import moto"*) echo ${versions.moto} ;;
  "-I -m venv "*)
    [ -n "$VENV_FAILS" ] && { echo "ensurepip is not available"; exit 1; }
    mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && cp "$0" "$4/bin/python3"
    [ -n "$VENV_HANGS" ] && exec sleep 300
    exit 0 ;;
  "-I -m pip install "*)
    echo "Looking in private indexes"
    [ -n "$PIP_FAILS" ] && exit 1
    folder=\${0%/*}
    echo "#!/bin/sh" > "$folder/moto_server"
    chmod 755 "$folder/moto_server" ;;
  *) exit 2 ;;
esac`;
}
