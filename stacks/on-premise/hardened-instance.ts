import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface HardenedInstanceProps {
  readonly provider: AwsProvider;
  /** Tag by which people find the instance. */
  readonly name: string;
  /** Public SSM parameter that names the newest image. */
  readonly imageParameter: string;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  /** Spelt out on every instance: none gets a public address by default. */
  readonly publicAddress: boolean;
  readonly volumeGiB: number;
  /** Encrypts the disk. */
  readonly keyArn: string;
  /** Key pair whose private half may log in; none without. */
  readonly keyName?: string;
  readonly instanceProfileName?: string;
  /** Script for the first start. */
  readonly userData?: string;
  readonly dependsOn?: ITerraformDependable[];
}

/** An instance whose metadata takes no request without a session token, on a disk encrypted with our own key. */
export class HardenedInstance extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: HardenedInstanceProps) {
    super(scope, id);
    const { provider, keyName, instanceProfileName, userData, dependsOn } = props;

    const image = new DataAwsSsmParameter(this, "Image", { provider, name: props.imageParameter });
    const instance = new Instance(this, "Instance", {
      provider,
      // Public parameters hold no secret; the plan may show which image it is.
      ami: image.insecureValue,
      instanceType: props.instanceType,
      subnetId: props.subnetId,
      vpcSecurityGroupIds: [props.securityGroupId],
      associatePublicIpAddress: props.publicAddress,
      // One hop: a container on the instance cannot ask in its place.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        volumeType: "gp3",
        volumeSize: props.volumeGiB,
        encrypted: true,
        kmsKeyId: props.keyArn,
        deleteOnTermination: true,
      },
      tags: { Name: props.name },
      ...(keyName === undefined ? {} : { keyName }),
      ...(instanceProfileName === undefined ? {} : { iamInstanceProfile: instanceProfileName }),
      ...(userData === undefined ? {} : { userData }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
      // AWS publishes a newer image every few weeks, which must not replace a machine in use; `-replace` on the
      // instance updates it.
      lifecycle: { ignoreChanges: ["ami"] },
    });
    this.instanceId = instance.id;
    this.privateIp = instance.privateIp;
    this.publicIp = instance.publicIp;
  }
}
