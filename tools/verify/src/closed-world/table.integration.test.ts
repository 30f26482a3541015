import { askProvider, providerSchema } from "../testing/provider-schema";

describe("the recorded schema of the provider", () => {
  it("is what the tested version of the provider says of the table's types", async () => {
    expect(await askProvider()).toEqual(providerSchema());
  }, 600_000);
});
