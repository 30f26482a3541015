import { terraformWords } from "./terraform-words";

describe("Terraform's words", () => {
  it("are without the frame, and without the source, which is one line of a whole stack", () => {
    const printed = [
      "Planning failed.",
      "│ Error: Unable to find remote state",
      "│ ",
      "│   with data.terraform_remote_state.networking,",
      "│   on cdk.tf.json line 1, in data:",
      '│    1: {"resource":{}}',
      "│ ",
      "│ No stored state was found.",
      "╵",
    ].join("\n");
    expect(terraformWords(printed)).toBe(
      "Error: Unable to find remote state\nwith data.terraform_remote_state.networking,\nNo stored state was found.",
    );
  });

  it("are all there is where there is no error in them, each line of a length that can be read", () => {
    expect(terraformWords("killed\n")).toBe("killed");
    expect(terraformWords(`Error: ${"x".repeat(1000)}`)).toHaveLength(401);
  });
});
