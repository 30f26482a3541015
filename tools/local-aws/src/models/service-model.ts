/** A service's model as botocore keeps it, reduced to what the local AWS reads of it. */
export interface ServiceModel {
  readonly metadata: {
    readonly protocol: string;
    readonly endpointPrefix: string;
    readonly signingName?: string;
    /** First part of X-Amz-Target. */
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: ShapeRef;
  readonly output?: ShapeRef & {
    /** The element around the answer in the Query protocol. */
    readonly resultWrapper?: string;
  };
  /** Set for an operation that another one of the same path has replaced. */
  readonly deprecated?: boolean;
}

export type ShapeType =
  | "blob"
  | "boolean"
  | "character"
  | "double"
  | "float"
  | "integer"
  | "list"
  | "long"
  | "map"
  | "string"
  | "structure"
  | "timestamp";

export interface Shape {
  readonly type: ShapeType;
  /** Bounds of a length, of a number of entries or of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  /** Of a structure. */
  readonly members?: Readonly<Record<string, ShapeRef>>;
  readonly required?: readonly string[];
  /** The member that is the whole body. */
  readonly payload?: string;
  /** JSON of any form. */
  readonly document?: boolean;
  /** Of a list. */
  readonly member?: ShapeRef;
  /** Of a list or map, in the Query protocol and in XML. */
  readonly flattened?: boolean;
  /** Of a map. */
  readonly key?: ShapeRef;
  readonly value?: ShapeRef;
}

/** A use of a shape, with its place on the wire. */
export interface ShapeRef {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  /** In EC2's protocol. */
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
}

/** The shape that a reference names. A model never lacks one. */
export function shapeOf(model: ServiceModel, reference: ShapeRef): Shape {
  const shape = model.shapes[reference.shape];
  if (shape === undefined) throw new Error(`the model has no shape ${reference.shape}`);
  return shape;
}

/** Members of a structure with their names, in the model's order. */
export function membersOf(shape: Shape): [name: string, reference: ShapeRef][] {
  return Object.entries(shape.members ?? {});
}
