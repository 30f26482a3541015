import { withDomain, withGroups, withZoneSharing } from "./testing/configs";
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

  const [both, profile] = (["both", "profile"] as const).map((sharing) =>
    synthApp(withZoneSharing(sharing, localConfig())),
  );
  const addressesIn = (of: typeof both, name: string): string[] =>
    (of?.get(name)?.resources ?? []).map(({ address }) => address).sort();

  it.each([...stacks.keys()])("of %s stay where a profile shares the zones: these come on top", (name) => {
    const before = addressesIn(stacks, name);
    const after = addressesIn(both, name);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after.filter((address) => !before.includes(address))).toMatchSnapshot();
  });

  it("of lines of business go where a profile alone shares the zones: those of associations, and no others", () => {
    for (const name of stacks.keys()) {
      const gone = addressesIn(both, name).filter((address) => !addressesIn(profile, name).includes(address));
      const isWay = /^aws_route53_(zone_association|vpc_association_authorization)\.HubHandshake_Zone/;
      expect(gone.filter((address) => !isWay.test(address))).toEqual([]);
      expect(gone).toHaveLength(name.startsWith("lob-") ? 16 : 0);
    }
  });

  it.each([...stacks.keys()])("of the outputs of %s stay", (name) => {
    expect(Object.keys(object(stacks.get(name)?.json["output"])).sort()).toMatchSnapshot();
  });
});
