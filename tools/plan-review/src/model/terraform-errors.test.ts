import { terraformErrors } from "./terraform-errors";

describe("Terraform's errors", () => {
  it("are given without the frame and without the source, since a synthesized stack is one line", () => {
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
    expect(terraformErrors(printed)).toBe(
      "Error: Unable to find remote state\nwith data.terraform_remote_state.networking,\nNo stored state was found.",
    );
  });

  it("are the whole text where it holds no error, with long lines cut", () => {
    expect(terraformErrors("killed\n")).toBe("killed");
    expect(terraformErrors(`Error: ${"x".repeat(1000)}`)).toHaveLength(401);
  });
});
