import { schemaOf } from "./schema";

/** A field with a length, as protobuf encodes it. */
function field(number: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) + 128, bytes.length >> 7];
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), bytes]);
}

const entry = (map: number, type: string): Buffer =>
  field(map, Buffer.concat([field(1, type), field(2, "schema ".repeat(100))]));

const PROVIDER = field(1, "of the provider");
const CAPABILITIES = field(6, "of the server");
const FUNCTION = entry(7, "aws_arn");

describe("the shared provider's schema", () => {
  it("has the used types alone, and all that is no type", () => {
    const whole = [
      PROVIDER,
      entry(2, "aws_vpc"),
      entry(2, "aws_subnet"),
      entry(3, "aws_subnet"),
      entry(3, "aws_ami"),
      CAPABILITIES,
      FUNCTION,
    ];
    const used = { resources: new Set(["aws_vpc", "aws_ami"]), dataSources: new Set(["aws_subnet"]) };
    expect(schemaOf(Buffer.concat(whole), used)).toEqual(
      Buffer.concat([PROVIDER, entry(2, "aws_vpc"), entry(3, "aws_subnet"), CAPABILITIES, FUNCTION]),
    );
  });

  it("is not guessed where a field has no length", () => {
    const used = { resources: new Set<string>(), dataSources: new Set<string>() };
    expect(() => schemaOf(Buffer.from([8, 1]), used)).toThrow("the field at byte 0 has no length");
  });
});
