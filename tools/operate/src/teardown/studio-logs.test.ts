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
  it("are the streams in Studio's log groups whose names begin with its id", async () => {
    const account = accountWith([...OWN, "d-12/work/JupyterLab/default"]);
    const logs = await account.services.logs.of("d-1");
    expect(logs).toEqual(OWN.map((stream) => ({ group: "/aws/sagemaker/studio", stream })));
  });

  it("are deleted without those of other domains", async () => {
    const account = accountWith([...OWN, "d-12/work/JupyterLab/default"]);
    const { logs } = account.services;
    await logs.delete(await logs.of("d-1"));
    expect(account.logs.get("/aws/sagemaker/studio")).toEqual(["d-12/work/JupyterLab/default"]);
  });

  it("are deleted together with their group when it holds no other streams", async () => {
    const account = accountWith(OWN);
    const { logs } = account.services;
    await logs.delete(await logs.of("d-1"));
    expect([...account.logs.keys()]).toEqual(["/aws/sagemaker/studiolab", "/aws/sagemaker/TrainingJobs"]);
  });

  it("are empty when Studio never wrote any", async () => {
    await expect(new FakeAccount().services.logs.of("d-1")).resolves.toEqual([]);
  });
});
