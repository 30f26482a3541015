import { DeployProgress } from "./deploy-progress";

const LINES = [
  "\u001b[2K\u001b[1A\u001b[2K\u001b[Gnetworking  aws_vpc.Network_Vpc_FAC8F4A5: Creating...",
  "networking  aws_vpc.Network_Vpc_FAC8F4A5 (Network/Vpc): Creation complete after 11s [id=vpc-1]",
  "access      aws_kms_key.DataKey_1: Creating...",
  "            aws_kms_key.DataKey_1: Creation complete after 8s [id=k]",
  "networking  aws_vpc.Network_Vpc_FAC8F4A5 (Network/Vpc): Creation complete after 11s [id=vpc-1]",
  "            aws_s3_bucket.Batch_1: Creating...",
  "networking  Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
];

describe("the progress of a deploy", () => {
  function read(lines: readonly string[]): DeployProgress {
    let now = 0;
    const totals = new Map([
      ["networking", 2],
      ["access", 3],
      ["lob-a", 4],
    ]);
    const progress = new DeployProgress(totals, () => (now += 1000));
    for (const line of lines) progress.read(line);
    return progress;
  }

  it("counts each resource of each stack once", () => {
    expect(read(LINES.slice(0, 5)).text).toBe("networking 1/2 · access 1/3 · lob-a 0/4");
  });

  it("shows which stacks wait, run and are done", () => {
    expect(read(LINES).stacks.map(({ stack, state }) => [stack, state])).toEqual([
      ["networking", "done"],
      ["access", "running"],
      ["lob-a", "waiting"],
    ]);
  });

  it("measures a stack's time from its first resource to its last line", () => {
    const [networking, access, lob] = read(LINES).stacks.map(({ seconds }) => seconds);
    expect([networking! > 0, access! > 0, lob]).toEqual([true, true, 0]);
  });
});
