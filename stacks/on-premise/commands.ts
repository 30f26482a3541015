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
    // In quotes, since PowerShell reads a comma as an operator.
    `--parameters "portNumber=${RDP_PORT},localPortNumber=${LOCAL_PORT}"`,
  ].join(" ");
}

/** The same through the bastion. No agent forwarding: the bastion needs no key of the operator's. */
export function sshTunnelCommand(bastionAddress: string, desktopAddress: string): string {
  return `ssh -N -L ${LOCAL_PORT}:${desktopAddress}:${RDP_PORT} ec2-user@${bastionAddress}`;
}

function startSession({ region, sharedServices }: Caller, instanceId: string): readonly string[] {
  const { credentials } = sharedServices;
  // A role to assume is for Terraform alone: with the AWS CLI, operators use their own credentials for the account.
  const profile = "profile" in credentials ? [`--profile ${credentials.profile}`] : [];
  return ["aws ssm start-session", `--region ${region}`, ...profile, `--target ${instanceId}`];
}
