import type { Account } from "./account";
import { IMPORT_ROWS } from "./import-rows";

it("knows the root of an API that it has found, to which methods refer", async () => {
  const row = IMPORT_ROWS["aws_api_gateway_rest_api"];
  if (row === undefined || !("made" in row)) throw new RangeError("no row");
  const items = [
    { id: "r1", path: "/user", pathPart: "user" },
    { id: "r0", path: "/" },
  ];
  const apiGateway = { send: async () => Promise.resolve({ items }) } as unknown as Account["apiGateway"];
  await expect(row.made("api1", { apiGateway } as Account)).resolves.toEqual({ root_resource_id: "r0" });
});
