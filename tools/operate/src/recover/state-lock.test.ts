import { readLock } from "./state-lock";

it("reads whose lock it is from what Terraform writes beside a state in S3", () => {
  const text = JSON.stringify({
    ID: "0f9c-1",
    Operation: "OperationTypeApply",
    Info: "",
    Who: "ci@runner",
    Version: "1.11.4",
    Created: "2026-11-28T10:00:00Z",
    Path: "bucket/lob-a.tfstate",
  });
  expect(readLock(text)).toEqual({
    id: "0f9c-1",
    lines: ["Operation: OperationTypeApply", "Who: ci@runner", "Created: 2026-11-28T10:00:00Z"],
  });
  expect(() => readLock("{}")).toThrow("not one of Terraform's");
});
