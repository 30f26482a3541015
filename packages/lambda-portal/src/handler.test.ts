import { createHandler, type PortalEvent } from "./handler";

const page = { html: "<p>", etag: '"tag"', headers: { ETag: '"tag"', "Content-Security-Policy": "none" } };
const handler = createHandler(page);

const get = (headers?: PortalEvent["headers"]): PortalEvent => ({
  httpMethod: "GET",
  resource: "/",
  ...(headers === undefined ? {} : { headers }),
});

describe("the handler", () => {
  it.each([[get()], [get(null)], [get({})], [get({ "If-None-Match": '"other"' })]])(
    "answers %p with the page and its headers",
    async (event) => {
      expect(await handler(event)).toEqual({ statusCode: 200, headers: page.headers, body: page.html });
    },
  );

  it.each(['"tag"', 'W/"tag"', '"other", W/"tag"'])("answers 304 with the headers to %s", async (known) => {
    const answer = { statusCode: 304, headers: page.headers, body: "" };
    expect(await handler(get({ "If-None-Match": known }))).toEqual(answer);
    expect(await handler(get({ "if-none-match": known }))).toEqual(answer);
  });

  it.each([
    { ...get(), httpMethod: "POST" },
    { ...get(), resource: "/{user_id}" },
    {},
    null as unknown as PortalEvent,
  ])("gives %p nothing", async (event) => {
    expect(await handler(event)).toMatchObject({ statusCode: 404, body: "" });
  });
});
