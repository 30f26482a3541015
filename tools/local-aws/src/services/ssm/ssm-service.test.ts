import { FakeMoto, fakeCall, jsonAnswer, xmlAnswer, type Answers } from "../testing/fake-moto";
import { SsmService } from "./ssm-service";

const WINDOWS = "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base";
const images = (...ids: string[]): ReturnType<typeof xmlAnswer> =>
  xmlAnswer(
    `<R><imagesSet>${ids.map((id) => `<item><imageId>${id}</imageId></item>`).join("")}</imagesSet></R>`,
  );

async function ask(operation: string, input: object, answers: Answers): Promise<unknown> {
  const call = fakeCall({ service: "ssm", operation, body: JSON.stringify(input) });
  return JSON.parse((await new SsmService(new FakeMoto(answers)).handle(call)).body.toString());
}

describe("SSM", () => {
  it("resolves a Windows parameter to an image that moto has", async () => {
    const answer = await ask("GetParameter", { Name: WINDOWS }, { query: () => images("ami-1", "ami-2") });
    expect(answer).toMatchObject({ Parameter: { Name: WINDOWS, Value: "ami-1", Type: "String" } });
  });

  it("finds no parameter when moto has no such image", async () => {
    const asked = ask("GetParameter", { Name: WINDOWS }, { query: () => images() });
    await expect(asked).rejects.toMatchObject({ code: "ParameterNotFound" });
  });

  it("returns Windows parameters together with moto's", async () => {
    const answer = await ask(
      "GetParameters",
      { Names: [WINDOWS, "/mine"] },
      {
        query: () => images("ami-1"),
        json: (_service, _account, _region, _target, body) => {
          expect(body).toEqual({ Names: ["/mine"] });
          return { Parameters: [{ Name: "/mine", Value: "v" }], InvalidParameters: ["/other"] };
        },
      },
    );
    expect(answer).toMatchObject({
      Parameters: [{ Name: "/mine" }, { Name: WINDOWS }],
      InvalidParameters: ["/other"],
    });
  });

  it("forwards calls for every other parameter to moto", async () => {
    const forward = (): ReturnType<typeof jsonAnswer> => jsonAnswer("moto");
    expect(await ask("GetParameter", { Name: "/mine" }, { forward })).toBe("moto");
    expect(await ask("PutParameter", { Name: WINDOWS }, { forward })).toBe("moto");
  });
});
