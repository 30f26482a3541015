import { sampleConfig, sampleState } from "../sample";
import { workflowsConfig, workflowsState } from "../workflows";
import { MUTATIONS, WORKFLOW_MUTATIONS } from ".";
import { tryMutation } from "./kill";
import { drop, only, replace } from "./mutation";

const state = sampleState();

describe("a wrong change of the deployed state", () => {
  it.each(MUTATIONS)("turns its own cell red: $name", (mutation) => {
    const { cell } = tryMutation(mutation, state, sampleConfig);
    expect(cell).toMatchObject({ surprise: true });
    expect(cell?.reason).not.toBe("");
  });

  it.each(WORKFLOW_MUTATIONS)("turns its own cell red where workflows have roles: $name", (mutation) => {
    const { cell } = tryMutation(mutation, workflowsState(), workflowsConfig);
    expect(cell).toMatchObject({ surprise: true });
  });

  it("has a name of its own", () => {
    const names = [...MUTATIONS, ...WORKFLOW_MUTATIONS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the helpers for mutations", () => {
  it("refuse a target that matches no resource or several", () => {
    expect(() => only(state, ["lob-a", "aws_subnet"])).toThrow("matches 4 resources");
    expect(() => drop("lob-c", "aws_vpc")(state)).toThrow("matches 0 resources");
  });

  it("refuse a replacement that changes nothing", () => {
    expect(() => replace(["lob-a", "aws_vpc"], "cidr_block", "192.", "10.")(state)).toThrow(
      "does not hold 192.",
    );
  });
});
