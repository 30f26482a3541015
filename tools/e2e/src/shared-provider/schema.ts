/** Types of resources and of data sources, such as `aws_vpc`. */
export interface UsedTypes {
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
}

/** Fields of the answer to `GetSchema` that map a type to its schema, by their numbers in Terraform's plugin protocol 5. */
const RESOURCE_SCHEMAS = 2;
const DATA_SOURCE_SCHEMAS = 3;

const LENGTH_DELIMITED = 2;

/**
 * A provider's answer to `GetSchema` with the schemas of the used types alone. The AWS provider has about 1,500 types, and
 * decoding them is most of the work of a short Terraform command.
 *
 * Source: github.com/hashicorp/terraform, docs/plugin-protocol/tfplugin5.9.proto, GetProviderSchema.Response
 */
export function schemaOf(answer: Buffer, used: UsedTypes): Buffer {
  const types = new Map([
    [RESOURCE_SCHEMAS, used.resources],
    [DATA_SOURCE_SCHEMAS, used.dataSources],
  ]);
  const kept: Buffer[] = [];
  for (const { number, value, whole } of fieldsOf(answer)) {
    const wanted = types.get(number);
    if (wanted === undefined || wanted.has(keyOf(value))) kept.push(whole);
  }
  return Buffer.concat(kept);
}

/** The key of an entry of a map, which is its first field. */
function keyOf(entry: Buffer): string {
  for (const { number, value } of fieldsOf(entry)) if (number === 1) return value.toString("utf8");
  return "";
}

interface Field {
  readonly number: number;
  readonly value: Buffer;
  /** The field with its tag and length. */
  readonly whole: Buffer;
}

/** The fields of a protobuf message, each of which has a length: messages, strings and maps. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    if ((tag & 7) !== LENGTH_DELIMITED) throw new Error(`the field at byte ${start} has no length`);
    const length = varint();
    const value = message.subarray(at, at + length);
    at += length;
    yield { number: tag >> 3, value, whole: message.subarray(start, at) };
  }
}
