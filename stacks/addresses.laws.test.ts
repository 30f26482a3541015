import { withDomain, withGroups } from "./testing/configs";
import { localConfig, object, synthApp } from "./testing/synth-app";

/**
 * A construct's id is part of its resource's Terraform address and of the names of cross-stack outputs: renaming it
 * would destroy and create the resource, or break the stacks that read it. So both are pinned. When a test here fails,
 * either take the rename back, or move the resource (`moveTo`) and update the snapshot on purpose.
 */
describe("addresses", () => {
  const stacks = synthApp(localConfig());

  it.each([...stacks.keys()])("of %s stay", (name) => {
    expect(
      stacks
        .get(name)
        ?.resources.map(({ address }) => address)
        .sort(),
    ).toMatchSnapshot();
  });

  it.each(["access", "lob-a"])("of %s stay, where groups give access", (name) => {
    const withThem = synthApp(withGroups(localConfig())).get(name);
    const known = new Set(stacks.get(name)?.resources.map(({ address }) => address));
    const added = withThem?.resources.map(({ address }) => address).filter((address) => !known.has(address));
    expect(added?.sort()).toMatchSnapshot();
    const outputs = object(withThem?.json["output"]);
    expect(Object.keys(outputs).filter((output) => /group|maker/i.test(output))).toMatchSnapshot();
  });

  it("of access stay where the API has a name of its own: these come on top", () => {
    const before = stacks.get("access")?.resources.map(({ address }) => address) ?? [];
    const named = synthApp(withDomain(localConfig())).get("access")?.resources ?? [];
    expect(
      named
        .map(({ address }) => address)
        .filter((address) => !before.includes(address))
        .sort(),
    ).toMatchSnapshot();
  });

  it.each([...stacks.keys()])("of the outputs of %s stay", (name) => {
    expect(Object.keys(object(stacks.get(name)?.json["output"])).sort()).toMatchSnapshot();
  });
});
