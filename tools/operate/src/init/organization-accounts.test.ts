import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { readOrganizationAccounts } from "./organization-accounts";

let server: Server;
let replies: { readonly status: number; readonly body: object }[];

beforeEach(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status, body } = replies.shift() ?? { status: 500, body: {} };
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function read(): ReturnType<typeof readOrganizationAccounts> {
  const settings = {
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: () => Promise.resolve({ accessKeyId: "id", secretAccessKey: "secret" }),
    maxAttempts: 1,
  };
  return readOrganizationAccounts(settings);
}

describe("the accounts of an Organization", () => {
  it("are those that are active, of every page, by name", async () => {
    replies = [
      {
        status: 200,
        body: {
          Accounts: [
            { Id: "444455556666", Name: "Research", State: "ACTIVE" },
            { Id: "777788889999", Name: "Closed", State: "SUSPENDED" },
          ],
          NextToken: "more",
        },
      },
      { status: 200, body: { Accounts: [{ Id: "111122223333", Name: "Hub", State: "ACTIVE" }] } },
    ];
    await expect(read()).resolves.toEqual([
      { id: "111122223333", name: "Hub" },
      { id: "444455556666", name: "Research" },
    ]);
  });

  it.each(["AccessDeniedException", "AWSOrganizationsNotInUseException"])(
    "are not told after %s",
    async (type) => {
      replies = [{ status: 400, body: { __type: type, message: "no" } }];
      await expect(read()).resolves.toBeUndefined();
    },
  );

  it("are an error where AWS fails otherwise", async () => {
    replies = [{ status: 400, body: { __type: "InvalidInputException", message: "no" } }];
    await expect(read()).rejects.toThrow("no");
  });
});
