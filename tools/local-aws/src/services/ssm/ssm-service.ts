import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { targetJsonReply } from "../../server/protocol";
import { textAt } from "../../server/xml";
import { describeItems } from "../vpc-lookup";

interface GetParametersRequest {
  readonly Name?: string;
  readonly Names?: readonly string[];
}

interface Parameter {
  readonly Name: string;
  readonly Value: string;
}

/** Public parameters of the newest Windows images. moto has only those of Linux images. */
const WINDOWS_IMAGES = "/aws/service/ami-windows-latest/";

/**
 * Systems Manager's parameters: moto's, and the public parameters of Windows images. Their values are images of moto's
 * EC2, so that instances can be launched from them.
 */
export class SsmService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query" | "json">;

  constructor(moto: Pick<Moto, "forward" | "query" | "json">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (call.operation !== "GetParameter" && call.operation !== "GetParameters")
      return await this.#moto.forward(call);
    const { Name, Names = [] } = JSON.parse(call.body.toString()) as GetParametersRequest;
    if (Name?.startsWith(WINDOWS_IMAGES))
      return targetJsonReply({ Parameter: await this.#windowsImage(call, Name) });
    const windows = Names.filter((name) => name.startsWith(WINDOWS_IMAGES));
    if (windows.length === 0) return await this.#moto.forward(call);
    return await this.#several(call, Names, windows);
  }

  async #several(call: AwsCall, names: readonly string[], windows: readonly string[]): Promise<Reply> {
    const found = await Promise.all(windows.map((name) => this.#windowsImage(call, name)));
    const rest = names.filter((name) => !windows.includes(name));
    if (rest.length === 0) return targetJsonReply({ Parameters: found, InvalidParameters: [] });
    const body = { ...(JSON.parse(call.body.toString()) as object), Names: rest };
    const answer = (await this.#moto.json(
      "ssm",
      call.account,
      call.region,
      "AmazonSSM.GetParameters",
      body,
    )) as {
      readonly Parameters: readonly Parameter[];
    };
    return targetJsonReply({ ...answer, Parameters: [...answer.Parameters, ...found] });
  }

  async #windowsImage(call: AwsCall, name: string): Promise<Parameter & Record<string, unknown>> {
    const filter = { "Filter.1.Name": "platform", "Filter.1.Value.1": "windows" };
    const images = await describeItems(this.#moto, call, "DescribeImages", filter, "imagesSet");
    const id = images.map((image) => textAt(image, "imageId")).find((imageId) => imageId !== undefined);
    if (id === undefined) throw new AwsError("ParameterNotFound", `Parameter ${name} not found.`);
    return {
      ARN: `arn:aws:ssm:${call.region}::parameter${name}`,
      Name: name,
      Type: "String",
      DataType: "aws:ec2:image",
      Value: id,
      Version: 1,
      LastModifiedDate: 1_700_000_000,
    };
  }
}
