import { domainConfig, withDomain } from "../domain";
import { sampleConfig, sampleState } from "../sample";
import { groupsConfig, groupsState } from "../user-groups";
import { workflowsConfig, workflowsState } from "../workflows";
import { profileConfig, withProfile } from "../zone-profile";
import {
  DOMAIN_MUTATIONS,
  FURTHER_MUTATIONS,
  GROUP_MUTATIONS,
  MUTATIONS,
  PROFILE_MUTATIONS,
  WORKFLOW_MUTATIONS,
} from ".";
import { CLASSES } from "./classes";
import { classScore, generatedScore, goodConfig, goodState } from "./generated-score";
import { tryMutation } from "./kill";
import { drop, only, replace } from "./mutation";
import { shuffled } from "./random";
import { redCell } from "./red";

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

  it.each(GROUP_MUTATIONS)("turns its own cell red where groups give access: $name", (mutation) => {
    const { cell } = tryMutation(mutation, groupsState(), groupsConfig);
    expect(cell).toMatchObject({ surprise: true });
  });

  it.each(DOMAIN_MUTATIONS)(
    "turns its own cell red where the API has a name of its own: $name",
    (mutation) => {
      const { cell } = tryMutation(mutation, withDomain(state), domainConfig);
      expect(cell).toMatchObject({ surprise: true });
    },
  );

  it.each(FURTHER_MUTATIONS)(
    "turns its own cell red in a state with everything: $name",
    ({ change, cell }) => {
      const [matrix, row, column] = cell;
      expect(redCell(change(goodState), goodConfig)).toMatchObject({ matrix, row, column });
    },
  );

  it.each(PROFILE_MUTATIONS)("turns its own cell red where a profile shares the zones: $name", (mutation) => {
    const { cell } = tryMutation(mutation, withProfile(state), profileConfig);
    expect(cell).toMatchObject({ surprise: true });
  });

  it("has a name of its own", () => {
    const all = [
      ...[...MUTATIONS, ...WORKFLOW_MUTATIONS, ...GROUP_MUTATIONS],
      ...[...DOMAIN_MUTATIONS, ...FURTHER_MUTATIONS, ...PROFILE_MUTATIONS],
    ];
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("changes by machine", () => {
  it("leave nothing red in the state that they are made of", () => {
    expect(redCell(goodState, goodConfig)).toBeUndefined();
  });

  it("turn a cell red, or do no harm for a reason", () => {
    const { tried, open } = generatedScore(300, 1);
    expect([tried, open]).toEqual([300, []]);
  });

  it.each(Object.keys(CLASSES))("turn a cell red in every variant: %s", (name) => {
    const { tried, open } = classScore(name, 20, 1);
    expect([tried, open]).toEqual([20, []]);
  });

  it("are the same for the same seed", () => {
    const [first, again, other] = [7, 7, 8].map((seed) =>
      shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9], seed).join(""),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
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
