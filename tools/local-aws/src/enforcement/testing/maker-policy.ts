import { document, type ExampleDeployment } from "./example-deployment";

/** Policy of a profile maker, in the endpoint of SageMaker's API and the security group `sg-1`. */
export function makerPolicy(deployment: ExampleDeployment): string {
  const Resource = deployment.profileArn("${aws:PrincipalTag/user}");
  const tagged = { "aws:RequestTag/studio-access:made-by": "sign-in" };
  const noOtherTag = { "aws:TagKeys": ["studio-access:made-by"] };
  return document(
    {
      Effect: "Allow",
      Action: "sagemaker:CreateUserProfile",
      Resource,
      Condition: {
        StringEquals: { "aws:SourceVpce": deployment.through("sagemaker.api").vpcEndpointId, ...tagged },
        "ForAllValues:StringEquals": { ...noOtherTag, "sagemaker:VpcSecurityGroupIds": ["sg-1"] },
      },
    },
    {
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource,
      Condition: {
        StringEquals: tagged,
        "ForAllValues:StringEquals": noOtherTag,
        Null: { "sagemaker:TaggingAction": "false" },
      },
    },
  );
}
