import { sampleConfig } from "@studio-access/config/testing";
import { sessionTunnelCommand, shellCommand, sshTunnelCommand } from "./commands";

describe("commands for the operator", () => {
  it("open a shell on the client through Session Manager", () => {
    expect(shellCommand(sampleConfig(), "i-1")).toBe("aws ssm start-session --region eu-west-1 --target i-1");
  });

  it("name the profile by which the config reaches the account", () => {
    const config = sampleConfig();
    config.sharedServices.credentials = { profile: "shared" };
    expect(shellCommand(config, "i-1")).toBe(
      "aws ssm start-session --region eu-west-1 --profile shared --target i-1",
    );
  });

  it("forward the remote desktop through Session Manager, in quotes that every shell takes", () => {
    expect(sessionTunnelCommand(sampleConfig(), "i-1")).toBe(
      "aws ssm start-session --region eu-west-1 --target i-1 --document-name AWS-StartPortForwardingSession " +
        '--parameters "portNumber=3389,localPortNumber=13389"',
    );
  });

  it("forward it through the bastion without lending it the operator's keys", () => {
    const command = sshTunnelCommand("203.0.113.9", "192.168.10.4");
    expect(command).toBe("ssh -N -L 13389:192.168.10.4:3389 ec2-user@203.0.113.9");
    expect(command).not.toMatch(/ -\w*A|ForwardAgent/);
  });
});
