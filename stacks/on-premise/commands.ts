import type { Config } from "@studio-access/config";

/** Port of Windows' remote desktop. */
export const RDP_PORT = 3389;

/** Port of the operator's own machine that leads to the client; not 3389, which may be taken on Windows. */
export const LOCAL_PORT = 13389;

type Caller = Pick<Config, "region" | "sharedServices">;

/** Opens a PowerShell on the instance, in the terminal. */
export function shellCommand(caller: Caller, instanceId: string): string {
  return startSession(caller, instanceId).join(" ");
}

/** Forwards the local port to the instance's remote desktop, through Session Manager. */
export function sessionTunnelCommand(caller: Caller, instanceId: string): string {
  return [
    ...startSession(caller, instanceId),
    "--document-name AWS-StartPortForwardingSession",
    // In quotes, since PowerShell would take the comma for its own.
    `--parameters "portNumber=${RDP_PORT},localPortNumber=${LOCAL_PORT}"`,
  ].join(" ");
}

/** The same through the bastion. No agent forwarding: the bastion needs no key of the operator's. */
export function sshTunnelCommand(bastionAddress: string, desktopAddress: string): string {
  return `ssh -N -L ${LOCAL_PORT}:${desktopAddress}:${RDP_PORT} ec2-user@${bastionAddress}`;
}

function startSession({ region, sharedServices }: Caller, instanceId: string): readonly string[] {
  const { credentials } = sharedServices;
  // A role to assume is Terraform's own way; the caller of the AWS CLI takes whatever leads into the account.
  const profile = "profile" in credentials ? [`--profile ${credentials.profile}`] : [];
  return ["aws ssm start-session", `--region ${region}`, ...profile, `--target ${instanceId}`];
}
