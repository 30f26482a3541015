import { profileNameOf } from "@studio-access/shared-types";
import fc from "fast-check";

import { expectedProfile } from "./profile-names";

describe("expectedProfile", () => {
  it("is what the stacks make, for every name that a config may have", () => {
    const names = fc.stringMatching(/^[aB0m._@+'#|~!^-]{2,40}$/);
    fc.assert(
      fc.property(names, (name) => {
        expect(expectedProfile(name)).toBe(profileNameOf(name) ?? expectedProfile(name));
      }),
      { numRuns: 5000 },
    );
  });
});
