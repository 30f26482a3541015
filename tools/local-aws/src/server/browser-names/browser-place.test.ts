import { browserUrl } from "./browser-place";

describe("the address for a browser on this machine", () => {
  const url = "https://api1.execute-api.eu-west-1.amazonaws.com/studio";

  it("has the vantage and the port of the local AWS in its host", () => {
    const host = "api1.execute-api.eu-west-1.amazonaws.com";
    expect(browserUrl(url, "http://127.0.0.1:4566")).toBe(`http://${host}.on-premise.localhost:4566/studio`);
    expect(browserUrl(url, "http://127.0.0.1", "lob-a")).toBe(`http://${host}.lob-a.localhost/studio`);
  });

  it("is the same for a name of the company's own", () => {
    expect(browserUrl("https://studio.corp.example.com", "http://127.0.0.1:4566", "lob-a")).toBe(
      "http://studio.corp.example.com.lob-a.localhost:4566",
    );
  });

  it("is the URL itself for a host that people do not open", () => {
    const other = "https://sts.eu-west-1.amazonaws.com/";
    expect(browserUrl(other, "http://127.0.0.1:4566")).toBe(other);
  });
});
