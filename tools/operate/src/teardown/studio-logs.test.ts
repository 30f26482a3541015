import { FakeAccount } from "./testing/fake-account";

function accountWith(streams: readonly string[]): FakeAccount {
  const account = new FakeAccount();
  account.logs.set("/aws/sagemaker/studio", [...streams]);
  account.logs.set("/aws/sagemaker/studiolab", ["d-1/one"]);
  account.logs.set("/aws/sagemaker/TrainingJobs", ["d-1/one"]);
  return account;
}

const OWN = ["d-1/work/JupyterLab/default", "d-1/work/CodeEditor/default", "d-1/more/JupyterLab/default"];

describe("logs of a domain's apps", () => {
  it("are the streams that begin with its id, in Studio's own groups", async () => {
    const account = accountWith([...OWN, "d-12/work/JupyterLab/default"]);
    const logs = await account.services.logs.of("d-1");
    expect(logs).toEqual(OWN.map((stream) => ({ group: "/aws/sagemaker/studio", stream })));
  });

  it("go, and leave those of other domains", async () => {
    const account = accountWith([...OWN, "d-12/work/JupyterLab/default"]);
    const { logs } = account.services;
    await logs.delete(await logs.of("d-1"));
    expect(account.logs.get("/aws/sagemaker/studio")).toEqual(["d-12/work/JupyterLab/default"]);
  });

  it("take their group along when it holds nothing else", async () => {
    const account = accountWith(OWN);
    const { logs } = account.services;
    await logs.delete(await logs.of("d-1"));
    expect([...account.logs.keys()]).toEqual(["/aws/sagemaker/studiolab", "/aws/sagemaker/TrainingJobs"]);
  });

  it("are none where Studio never wrote any", async () => {
    await expect(new FakeAccount().services.logs.of("d-1")).resolves.toEqual([]);
  });
});
