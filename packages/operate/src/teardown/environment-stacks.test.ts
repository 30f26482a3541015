import { readAddresses, readAttributes } from "./environment-stacks";

describe("terraform state list", () => {
  it("gives the addresses of resources, and of no data source", () => {
    const text = [
      "data.aws_caller_identity.current",
      "data.terraform_remote_state.cross-stack-reference-input-networking",
      "aws_vpc.Network_Vpc_1A2B",
      "terraform_data.SignIns_Password-user-lob-a_3C4D",
      "",
    ];
    expect(readAddresses(text.join("\n"))).toEqual([
      "aws_vpc.Network_Vpc_1A2B",
      "terraform_data.SignIns_Password-user-lob-a_3C4D",
    ]);
    expect(readAddresses("")).toEqual([]);
  });
});

describe("terraform state show", () => {
  it("gives the plain attributes of the resource itself", () => {
    const text = `# aws_sagemaker_domain.Studio_Domain_1A2B:
resource "aws_sagemaker_domain" "Studio_Domain_1A2B" {
    arn                         = "arn:aws:sagemaker:eu-west-1:222222222222:domain/d-abc"
    deletion_protection_enabled = true
    id                          = "d-abc"
    read_capacity               = 0
    subnet_ids                  = [
        "subnet-1",
    ]
    password                    = (sensitive value)

    domain_settings {
        id = "inner"
    }
}`;
    expect(Object.fromEntries(readAttributes(text))).toEqual({
      arn: "arn:aws:sagemaker:eu-west-1:222222222222:domain/d-abc",
      deletion_protection_enabled: "true",
      id: "d-abc",
      read_capacity: "0",
    });
  });
});
