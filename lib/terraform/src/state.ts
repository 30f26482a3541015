/** A resource instance in a state, whichever way the state was read. */
export interface ResourceInstance {
  /** Stack that it belongs to: `networking`, `lob-a`, … */
  readonly stack: string;
  /** Address within the stack: `aws_vpc.Network_Vpc_FAC8F4A5`, `aws_eip.E["a"]`, `data.aws_region.R`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Its attributes; secrets are in clear text. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** An output value. */
export interface Output {
  readonly value: unknown;
  /** Whether Terraform keeps it out of what it prints. */
  readonly sensitive: boolean;
}

/** The state of one stack. */
export interface State {
  readonly stack: string;
  /** By name. */
  readonly outputs: Readonly<Record<string, Output>>;
  readonly instances: readonly ResourceInstance[];
}

/** The outputs that are published for people: without those that cdktf generates for the stacks that read this one. */
export function publishedOutputs({ outputs }: Pick<State, "outputs">): Readonly<Record<string, Output>> {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name]) => !name.startsWith("cross-stack-output-")),
  );
}
