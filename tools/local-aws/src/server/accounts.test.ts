import { FakeMoto, xmlAnswer } from "../services/testing/fake-moto";
import { Accounts } from "./accounts";

function identity(account: string): ReturnType<typeof xmlAnswer> {
  const result = `<GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult>`;
  return xmlAnswer(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`);
}

describe("Accounts", () => {
  it("asks moto once for each access key", async () => {
    const asked: string[] = [];
    const accounts = new Accounts(
      new FakeMoto({
        whoami: (key) => {
          asked.push(key);
          return identity("222222222222");
        },
      }),
    );
    expect(await accounts.accountOf("AKEXAMPLE")).toBe("222222222222");
    expect(await accounts.accountOf("AKEXAMPLE")).toBe("222222222222");
    expect(asked).toEqual(["AKEXAMPLE"]);
  });

  it("takes a key of 12 digits as the account itself", async () => {
    expect(await new Accounts(new FakeMoto()).accountOf("333333333333")).toBe("333333333333");
  });

  it("places calls without a key in the default account", async () => {
    expect(await new Accounts(new FakeMoto()).accountOf(undefined)).toBe("123456789012");
  });

  it.each(["CreateAccessKey", "DeleteAccessKey"])("asks again after %s", async (operation) => {
    let account = "111111111111";
    const accounts = new Accounts(new FakeMoto({ whoami: () => identity(account) }));
    await accounts.accountOf("AKEXAMPLE");
    account = "222222222222";
    accounts.observe({ service: "iam", operation: "GetRole" });
    expect(await accounts.accountOf("AKEXAMPLE")).toBe("111111111111");
    accounts.observe({ service: "iam", operation });
    expect(await accounts.accountOf("AKEXAMPLE")).toBe("222222222222");
  });

  it("asks again after a failure", async () => {
    let isDown = true;
    const whoami = (): ReturnType<typeof xmlAnswer> => {
      if (isDown) throw new Error("moto is down");
      return identity("111111111111");
    };
    const accounts = new Accounts(new FakeMoto({ whoami }));
    await expect(accounts.accountOf("AKEXAMPLE")).rejects.toThrow("moto is down");
    isDown = false;
    expect(await accounts.accountOf("AKEXAMPLE")).toBe("111111111111");
  });
});
