/**
 * Versions of the AWS provider that every stack is synthesized for, and that every tool looks for. The stacks use nothing
 * that 5.100.0 lacks or that 6 removed (docs/decisions/0002-provider-window.md).
 */
export const AWS_PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";
